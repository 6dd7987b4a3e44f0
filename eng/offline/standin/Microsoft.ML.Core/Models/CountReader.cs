namespace DiffSeg.StandIn;

/// <summary>Reads how many things follow in a model file.</summary>
internal static class CountReader
{
    private const int Most = 1 << 16;

    /// <summary>A count that can be: memory is taken for it before the things are read.</summary>
    /// <exception cref="FormatException">It cannot be: the file was damaged.</exception>
    public static int ReadCount(this BinaryReader reader)
    {
        int count = reader.ReadInt32();
        Guard.Format(count is >= 0 and <= Most, $"Corrupt model file: it tells of {count} things");
        return count;
    }
}
