namespace DiffSeg;

/// <summary>
/// Rows of values and their logarithms in chunks: 64 values and then their 64 logarithms, so that what is read together lies
/// together.
/// </summary>
/// <param name="rowsFirst">
/// Whether the same chunk of one row and the next lie side by side, for rows that are read here and there; else the chunks of
/// one row do.
/// </param>
internal sealed class ChunkRows(bool rowsFirst)
{
    /// <summary>Values per chunk.</summary>
    public const int Length = 64;

    /// <summary>Values and logarithms per chunk.</summary>
    private const int Both = 2 * Length;

    private readonly AlignedBuffer _buffer = new();

    /// <summary>Chunks per row.</summary>
    public int Chunks { get; private set; }

    /// <summary>Values from a chunk of a row to the same chunk of the next row.</summary>
    public int RowStride { get; private set; }

    /// <summary>Values from a chunk of a row to the next chunk.</summary>
    public int ChunkStride { get; private set; }

    /// <summary>Makes room; all values are undefined afterwards.</summary>
    /// <param name="count">Rows.</param>
    /// <param name="chunks">Chunks per row.</param>
    public void Reset(int count, int chunks)
    {
        // One cache line more: what lies a power of two apart would all fall into the same few sets of the cache.
        Chunks = chunks;
        RowStride = rowsFirst ? Both : (chunks * Both) + Lanes.Count;
        ChunkStride = rowsFirst ? checked((count * Both) + Lanes.Count) : Both;
        _buffer.Require(checked(rowsFirst ? chunks * ChunkStride : count * RowStride));
    }

    /// <summary>All that belongs to a row, with what lies between.</summary>
    /// <param name="row">Which.</param>
    /// <returns>From its first chunk to the end of its last.</returns>
    public Span<float> Row(int row) => _buffer.Span.Slice(row * RowStride, ((Chunks - 1) * ChunkStride) + Both);

    /// <summary>The values of a chunk.</summary>
    /// <param name="row">Of which row.</param>
    /// <param name="chunk">Which.</param>
    /// <returns>64 values.</returns>
    public Span<float> Values(int row, int chunk) => _buffer.Span.Slice((row * RowStride) + (chunk * ChunkStride), Length);

    /// <summary>The logarithms of a chunk.</summary>
    /// <param name="row">Of which row.</param>
    /// <param name="chunk">Which.</param>
    /// <returns>64 logarithms.</returns>
    public Span<float> Logs(int row, int chunk) =>
        _buffer.Span.Slice((row * RowStride) + (chunk * ChunkStride) + Length, Length);

    /// <summary>Sets a row to 0.</summary>
    /// <param name="row">Which.</param>
    public void Clear(int row)
    {
        for (int chunk = 0; chunk < Chunks; chunk++)
        {
            Values(row, chunk).Clear();
            Logs(row, chunk).Clear();
        }
    }
}
