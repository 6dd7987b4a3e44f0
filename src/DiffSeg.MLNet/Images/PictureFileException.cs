using DiffSeg.Pictures;

namespace DiffSeg.MLNet.Images;

/// <summary>A picture file that gives no picture.</summary>
/// <param name="reason">Why, in words that follow the file's name.</param>
/// <param name="fault">Whose fault it is.</param>
internal sealed class PictureFileException(string reason, SegmentationFault fault = SegmentationFault.Row)
    : Exception($"the file {reason}")
{
    public string Reason => reason;

    public SegmentationFault Fault => fault;

    /// <summary>What was seen in a file before it was decoded. A missing file has the exception that everybody knows.</summary>
    public static Exception Of(PictureProblem problem, string path) => problem.Fault switch
    {
        PictureFault.Missing => new FileNotFoundException($"the file {problem.Text}", path),
        PictureFault.Unreadable => new PictureFileException(problem.Text, SegmentationFault.Machine),
        _ => new PictureFileException(problem.Text),
    };
}
