using DiffSeg.Evaluation;

namespace DiffSeg.DataSets;

public sealed partial class SegmentationDataSet
{
    private const string ClassFile = "classes.txt";

    private static readonly string[] PictureEndings = [".jpg", ".jpeg", ".png", ".bmp", ".gif", ".webp"];

    /// <summary>
    /// A folder with <c>images/</c>, <c>labels/</c> (PNG, named like the images) and <c>classes.txt</c>
    /// (<see cref="ClassTable.FromFile"/>).
    /// </summary>
    /// <param name="root">The folder that has these.</param>
    /// <returns>The data set, named after the folder.</returns>
    /// <exception cref="DataSetException">A folder or a file is missing.</exception>
    /// <exception cref="FormatException">The class file is not one.</exception>
    /// <exception cref="ArgumentException">The root is empty.</exception>
    public static SegmentationDataSet FromFolder(string root)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(root)));
        Layout layout = new(
            name,
            root,
            "images/       a.jpg, b.png ...",
            "labels/       a.png, b.png ...  (index or colour pictures)",
            "classes.txt   a class a line: 'value name', 'red green blue name' or 'name'");
        var folders = new SegmentationFolders { Images = layout.Folder("images"), Labels = layout.Folder("labels") };
        return Of(layout, folders, ClassTable.FromFile(layout.File(ClassFile)));
    }

    /// <summary>Images and label maps in folders of any names: CamVid, Pascal VOC and most others.</summary>
    /// <param name="folders">Where they are.</param>
    /// <param name="classes">The classes; <see cref="ClassTable.FromFile"/> reads them from a file.</param>
    /// <param name="name">What the data set is called; null for the class table's name.</param>
    /// <returns>The data set.</returns>
    /// <exception cref="DataSetException">A folder or a file is missing.</exception>
    /// <exception cref="ArgumentException">A path is empty.</exception>
    public static SegmentationDataSet FromFolders(SegmentationFolders folders, ClassTable classes, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(folders);
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentException.ThrowIfNullOrEmpty(folders.Images);
        ArgumentException.ThrowIfNullOrEmpty(folders.Labels);
        ArgumentNullException.ThrowIfNull(folders.LabelSuffix);
        Layout layout = new(
            name ?? classes.Name,
            folders.Images,
            "a.jpg, b.png ...  (.jpg, .jpeg, .png, .bmp, .gif or .webp)",
            $"{Path.GetFullPath(folders.Labels)}: a{folders.LabelSuffix}.png, b{folders.LabelSuffix}.png ...");
        if (!Directory.Exists(folders.Images) || !Directory.Exists(folders.Labels))
        {
            throw layout.Wrong(
                $"there is no folder '{(Directory.Exists(folders.Images) ? folders.Labels : folders.Images)}'.");
        }

        return Of(layout, folders, classes);
    }

    private static SegmentationDataSet Of(Layout layout, SegmentationFolders folders, ClassTable classes)
    {
        GroundTruthKind kind = classes.Coding == LabelCoding.Brightness ? GroundTruthKind.FigureGround : GroundTruthKind.Classes;
        Dictionary<string, string> images = SamplePairs.Files(layout, folders.Images, PictureEndings);
        if (Path.GetFullPath(folders.Images) == Path.GetFullPath(folders.Labels) && folders.LabelSuffix.Length > 0)
        {
            // Label maps beside the images are no images.
            foreach (string id in images.Keys.Where(id => id.EndsWith(folders.LabelSuffix, StringComparison.OrdinalIgnoreCase)).ToArray())
            {
                images.Remove(id);
            }
        }

        return new SegmentationDataSet(
            layout.Name,
            layout.Root,
            kind,
            classes,
            SamplePairs.Match(
                layout,
                images,
                SamplePairs.Files(layout, folders.Labels, [folders.LabelSuffix + ".png"]),
                classes,
                folders.IdList is { } list ? ReadIds(layout, list) : null));
    }

    private static string[] ReadIds(Layout layout, string list)
    {
        if (!File.Exists(list))
        {
            throw layout.Wrong($"there is no list of ids '{list}' (looked for '{Path.GetFullPath(list)}').");
        }

        return [.. File.ReadLines(list).Select(line => line.Trim()).Where(line => line.Length > 0).Distinct()];
    }
}
