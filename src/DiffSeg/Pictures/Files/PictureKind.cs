namespace DiffSeg.Pictures.Files;

/// <summary>A kind of picture file whose parts are known.</summary>
internal abstract class PictureKind
{
    private static readonly PictureKind[] All = [new JpegKind(), new PngKind(), new WebpKind(), new GifKind(), new BmpKind()];

    /// <summary>What it is called.</summary>
    public abstract string Name { get; }

    /// <summary>The kind of a file by its first bytes; null when it is none of these.</summary>
    public static PictureKind? Of(ReadOnlySpan<byte> head)
    {
        foreach (PictureKind kind in All)
        {
            if (kind.Begins(head))
            {
                return kind;
            }
        }

        return null;
    }

    /// <summary>Height and width in pixels as a decoder will make them; null where the file does not say, or not in numbers that it may.</summary>
    public abstract (int Height, int Width)? FindSize(PictureBytes file);

    /// <summary>What is missing of the file; null when all its parts are there.</summary>
    public abstract PictureProblem? FindBreak(PictureBytes file);

    /// <summary>Whether a file that begins like this is of this kind.</summary>
    protected abstract bool Begins(ReadOnlySpan<byte> head);

    protected PictureProblem CutOff() => new(PictureFault.CutOff, $"is cut off: the end of the {Name} is missing");

    protected PictureProblem Damaged() => new(PictureFault.Damaged, $"is damaged: the parts of the {Name} do not follow one another");
}
