namespace DiffSeg.Pictures;

/// <summary>What is wrong with a picture file.</summary>
/// <param name="Fault">In which way it is bad.</param>
/// <param name="Text">
/// One line in plain words that follows the file's name in a sentence, such as "is empty"; it names no path.
/// </param>
public sealed record PictureProblem(PictureFault Fault, string Text)
{
    /// <summary>The text.</summary>
    /// <returns><see cref="Text"/>.</returns>
    public override string ToString() => Text;
}
