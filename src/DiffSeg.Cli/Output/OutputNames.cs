using DiffSeg.Cli.Inputs;

namespace DiffSeg.Cli.Output;

/// <summary>Names the results of each picture so that no two pictures share one.</summary>
internal static class OutputNames
{
    /// <summary>Ends the name of a label mask.</summary>
    public const string Mask = ".mask.png";

    /// <summary>Ends the name of an overlay.</summary>
    public const string Overlay = ".overlay.png";

    /// <summary>Name of the COCO file of a run.</summary>
    public const string Coco = "coco.json";

    /// <summary>Name of the contact sheet of a run.</summary>
    public const string ContactSheet = "contact-sheet.jpg";

    // From the shortest to the longest; a picture that shares its name with another takes the next one.
    private static readonly Func<InputImage, string>[] Schemes =
    [
        image => Path.GetFileNameWithoutExtension(image.Path),
        image => Path.GetFileName(image.Path),
        image => $"{Folder(image)}-{Path.GetFileNameWithoutExtension(image.Path)}",
        image => $"{Folder(image)}-{Path.GetFileName(image.Path)}",
    ];

    /// <summary>
    /// The stem of each picture's results: "photo" for photo.jpg; where two would share it, "photo.jpg" and
    /// "photo.png", then "holiday-photo" and "office-photo" after their folders, then with a number.
    /// </summary>
    /// <param name="images">All pictures of the run.</param>
    /// <returns>A stem per picture, in their order, different from each other also where letter case does not count.</returns>
    public static IReadOnlyList<string> For(IReadOnlyList<InputImage> images)
    {
        var stems = new string[images.Count];
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        int[] open = [.. Enumerable.Range(0, images.Count)];
        foreach (Func<InputImage, string> scheme in Schemes)
        {
            var shared = new List<int>();
            foreach (IGrouping<string, int> group in open.GroupBy(i => scheme(images[i]), StringComparer.OrdinalIgnoreCase))
            {
                if (group.Count() == 1 && taken.Add(group.Key))
                {
                    stems[group.Single()] = group.Key;
                }
                else
                {
                    shared.AddRange(group);
                }
            }

            open = [.. shared.Order()];
        }

        foreach (int i in open)
        {
            int number = 2;
            string stem = Schemes[0](images[i]);
            while (!taken.Add($"{stem}-{number}"))
            {
                number++;
            }

            stems[i] = $"{stem}-{number}";
        }

        return stems;
    }

    /// <summary>Whether a file has a name that this tool gives to results.</summary>
    /// <param name="path">A path; only its end is looked at.</param>
    public static bool IsResult(string path) =>
        path.EndsWith(Mask, StringComparison.OrdinalIgnoreCase) || path.EndsWith(Overlay, StringComparison.OrdinalIgnoreCase)
        || Path.GetFileName(path).Equals(ContactSheet, StringComparison.OrdinalIgnoreCase);

    private static string Folder(InputImage image) => Path.GetFileName(Path.GetDirectoryName(image.Path)) ?? "";
}
