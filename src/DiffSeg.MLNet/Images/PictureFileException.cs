using DiffSeg.Pictures;

namespace DiffSeg.MLNet.Images;

/// <summary>A picture file that gives no picture.</summary>
internal sealed class PictureFileException : IOException
{
    /// <summary>A fault of the file's own: whoever tells of it names the row and the file.</summary>
    /// <param name="reason">Why, in words that follow the file's name.</param>
    public PictureFileException(string reason)
        : this($"the file {reason}", reason, SegmentationFault.Row)
    {
    }

    private PictureFileException(string message, string reason, SegmentationFault fault)
        : base(message)
        => (Reason, Fault) = (reason, fault);

    /// <summary>Why, in words that follow the file's name.</summary>
    public string Reason { get; }

    /// <summary>Whose fault it is.</summary>
    public SegmentationFault Fault { get; }

    /// <summary>What was seen in a file before it was decoded. A missing file has the exception that everybody knows.</summary>
    /// <remarks>A fault of the machine reaches users of <c>LoadPictures</c> as it is, so its message names the file.</remarks>
    public static IOException Of(PictureProblem problem, string path) => problem.Fault switch
    {
        PictureFault.Missing => new FileNotFoundException($"the file {problem.Text}", path),
        PictureFault.Unreadable => new PictureFileException($"the file '{path}' {problem.Text}", problem.Text, SegmentationFault.Machine),
        _ => new PictureFileException(problem.Text),
    };
}
