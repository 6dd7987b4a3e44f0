using DiffSeg.Pictures;

namespace DiffSeg.AspNetCore;

/// <summary>
/// A picture that cannot be segmented through its own fault: no whole picture, a larger one than the limits allow, or one
/// whose attention has no segments. Other pictures are not affected.
/// </summary>
public sealed class PictureRefusedException : Exception
{
    internal PictureRefusedException(PictureProblem problem)
        : base($"The picture {problem.Text}.")
        => Fault = problem.Fault;

    internal PictureRefusedException(string message, PictureFault? fault, Exception cause)
        : base(message, cause)
        => Fault = fault;

    /// <summary>In which way the file is bad; null for a picture that is whole and cannot be segmented.</summary>
    public PictureFault? Fault { get; }
}
