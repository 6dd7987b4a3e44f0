using DiffSeg.Evaluation;

namespace DiffSeg.DataSets;

/// <summary>Brings images and label maps together by their ids.</summary>
internal static class SamplePairs
{
    private const int ShownIds = 3;

    // Hidden files are left out, such as the "._a.png" that macOS packs beside "a.png".
    private static readonly EnumerationOptions Visible = new() { IgnoreInaccessible = false };

    /// <summary>The files of a folder by their ids; hidden ones are passed over.</summary>
    /// <param name="layout">The data set, for errors.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="suffixes">Ends of file names, in any case; what stands before one is the id. Other files are not looked at.</param>
    /// <param name="inFolders">Whether the files lie in folders of this folder instead.</param>
    public static Dictionary<string, string> Files(
        Layout layout, string folder, IReadOnlyList<string> suffixes, bool inFolders = false)
    {
        Dictionary<string, string> files = [];
        IEnumerable<string> folders = inFolders ? Directory.EnumerateDirectories(folder, "*", Visible) : [folder];
        foreach (string file in folders.SelectMany(place => Directory.EnumerateFiles(place, "*", Visible)))
        {
            string name = Path.GetFileName(file);
            string? suffix = suffixes.FirstOrDefault(end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase));
            if (suffix is not null && !files.TryAdd(name[..^suffix.Length], file))
            {
                throw layout.Wrong($"'{file}' and '{files[name[..^suffix.Length]]}' have the same id.");
            }
        }

        return files;
    }

    /// <summary>A sample for each id.</summary>
    /// <param name="layout">The data set, for errors.</param>
    /// <param name="images">Images by id.</param>
    /// <param name="labels">Label maps by id.</param>
    /// <param name="classes">The data set's classes.</param>
    /// <param name="ids">The ids to take; null for all, which must have both.</param>
    /// <exception cref="DataSetException">There is none, or one of the two is missing.</exception>
    /// <exception cref="LabelMapException">A file with several annotators cannot be read.</exception>
    public static IReadOnlyList<SegmentationSample> Match(
        Layout layout,
        Dictionary<string, string> images,
        Dictionary<string, string> labels,
        ClassTable? classes,
        IReadOnlyCollection<string>? ids = null)
    {
        string[] wanted = [.. (ids ?? [.. images.Keys.Union(labels.Keys)]).Order(StringComparer.Ordinal)];
        if (wanted.Length == 0)
        {
            throw layout.Wrong("there is no image.");
        }

        CheckThere(layout, wanted, images, labels, "label map", "image", ids is not null);
        CheckThere(layout, wanted, labels, images, "image", "label map", ids is not null);
        return [.. wanted.Select(id => new SegmentationSample(id, images[id], labels[id], classes))];
    }

    private static void CheckThere(
        Layout layout,
        string[] wanted,
        Dictionary<string, string> files,
        Dictionary<string, string> others,
        string have,
        string lack,
        bool listed)
    {
        string[] missing = [.. wanted.Where(id => !files.ContainsKey(id))];
        if (missing.Length == 0)
        {
            return;
        }

        string shown = string.Join(", ", missing.Take(ShownIds).Select(id => others.TryGetValue(id, out string? path) ? $"'{path}'" : $"'{id}'"));
        string more = missing.Length > ShownIds ? ", ..." : "";
        throw layout.Wrong(
            listed && !missing.Any(others.ContainsKey)
                ? $"{missing.Length} of the {wanted.Length} listed images are not there: {shown}{more}."
                : $"{missing.Length} of {wanted.Length} {have}s have no {lack}: {shown}{more}.");
    }
}
