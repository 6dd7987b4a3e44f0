using DiffSeg.Cli.Inputs;
using DiffSeg.Cli.Segmenting;
using DiffSeg.Pictures;

namespace DiffSeg.Cli.Output;

/// <summary>The COCO file of a run.</summary>
internal sealed class CocoFile : IDisposable
{
    private const string Description =
        "Zero-shot segments by diffseg. Load with COCO's tools; segment_id is the label in the picture's .mask.png.";

    private readonly AtomicFile _file;
    private readonly FileStream _stream;
    private readonly CocoWriter _writer;
    private readonly string _root;

    /// <summary>Begins the file.</summary>
    /// <param name="file">Where to; owned from here on.</param>
    /// <param name="images">All pictures of the run.</param>
    public CocoFile(AtomicFile file, IReadOnlyList<InputImage> images)
    {
        _file = file;
        _stream = file.Create();
        _writer = new CocoWriter(_stream, Description);
        _root = CommonFolder(images);
    }

    /// <summary>Adds a picture, named by its path beneath the folder that all pictures share.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="result">Its mask.</param>
    public void Add(InputImage image, SegmentedImage result) => _writer.Add(
        Path.GetRelativePath(_root, image.Path).Replace(Path.DirectorySeparatorChar, '/'), result.Labels.Span, result.Height, result.Width, result.Background);

    /// <summary>Writes the rest and gives the file its name.</summary>
    public void Complete()
    {
        _writer.Complete();
        _writer.Dispose();
        _stream.Dispose();
        _file.Commit();
    }

    /// <summary>Drops the file if it was not completed.</summary>
    public void Dispose()
    {
        _writer.Dispose();
        _stream.Dispose();
        _file.Dispose();
    }

    private static string CommonFolder(IReadOnlyList<InputImage> images)
    {
        string common = Path.GetDirectoryName(images[0].Path)!;
        foreach (InputImage image in images)
        {
            while (!IsBeneath(image.Path, common))
            {
                common = Path.GetDirectoryName(common)!;
            }
        }

        return common;
    }

    private static bool IsBeneath(string path, string folder) =>
        path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
        || Path.GetDirectoryName(folder) is null;
}
