namespace DiffSeg.Tests.Masks;

/// <summary>Masks of a few blobs with specks, from a seed.</summary>
internal static class RandomMask
{
    public static ushort[] Create(int seed, int height, int width, int labels, double specks)
    {
        Random random = new(seed);
        (int Y, int X)[] centres = [.. Enumerable.Range(0, labels).Select(_ => (random.Next(height), random.Next(width)))];
        return [.. Enumerable.Range(0, height * width).Select(i => random.NextDouble() < specks
            ? (ushort)random.Next(labels)
            : (ushort)Enumerable.Range(0, labels).MinBy(k =>
                Math.Abs(centres[k].Y - (i / width)) + Math.Abs(centres[k].X - (i % width))))];
    }
}
