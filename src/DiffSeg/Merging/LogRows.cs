namespace DiffSeg;

/// <summary>Rows of values beside their logarithms, padded to whole vectors: maps, or what is made of their cells.</summary>
internal sealed class LogRows
{
    private readonly AlignedBuffer _rows = new();
    private int _stride;

    /// <summary>Values per row, the padding not counted.</summary>
    public int Length { get; private set; }

    /// <summary>Values per row with the padding, a multiple of 16.</summary>
    public int Padded { get; private set; }

    /// <summary>Makes room; all rows are undefined afterwards.</summary>
    /// <param name="count">Rows.</param>
    /// <param name="length">Values per row.</param>
    public void Reset(int count, int length)
    {
        Length = length;
        Padded = (length + Lanes.Count - 1) / Lanes.Count * Lanes.Count;

        // One cache line more: rows a power of two apart would all fall into the same few sets of the cache.
        _stride = (2 * Padded) + Lanes.Count;
        _rows.Require(checked(count * _stride));
    }

    /// <summary>A row: its values with their padding, and then their logarithms with theirs.</summary>
    /// <param name="row">Which.</param>
    /// <returns>Twice <see cref="Padded"/> values.</returns>
    public Span<float> Both(int row) => _rows.Span.Slice(row * _stride, 2 * Padded);

    /// <summary>The values of a row, with their padding.</summary>
    /// <param name="row">Which.</param>
    /// <returns>The values.</returns>
    public Span<float> Values(int row) => _rows.Span.Slice(row * _stride, Padded);

    /// <summary>The logarithms of a row, with their padding.</summary>
    /// <param name="row">Which.</param>
    /// <returns>The natural logarithms.</returns>
    public Span<float> Logs(int row) => _rows.Span.Slice((row * _stride) + Padded, Padded);

    /// <summary>Pads the values of a row and takes their logarithms.</summary>
    /// <param name="row">Which; its values are there and positive normal numbers.</param>
    public void TakeLogs(int row)
    {
        // Ones, whose logarithm is 0, add nothing to any distance.
        Values(row)[Length..].Fill(1);
        FastLog.Of(Values(row), Logs(row));
    }
}
