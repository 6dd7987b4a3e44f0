namespace DiffSeg.Pictures;

/// <summary>The one check that every picture of a mask begins with.</summary>
internal static class MaskSize
{
    public static void Check(int length, int height, int width, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        if ((long)height * width != length)
        {
            throw new ArgumentException(
                $"A mask of {height} x {width} has {(long)height * width} labels, but {name} has {length}.", name);
        }
    }
}
