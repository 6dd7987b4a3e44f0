using System.Buffers;

namespace DiffSeg;

/// <summary>Maps with cached logarithms and cell sums, ready to be compared with others.</summary>
internal sealed class PreparedMaps : IDisposable
{
    private const int Grain = 8;
    private readonly float[] _values;
    private readonly float[] _logs;

    private PreparedMaps(int count, int tokens, CellSums cells)
    {
        Count = count;
        Cells = cells;
        Stride = Padded(tokens);
        CellStride = Padded(cells.Count);
        _values = ArrayPool<float>.Shared.Rent(checked(count * Stride));
        _logs = ArrayPool<float>.Shared.Rent(count * Stride);
        CellValues = new float[count * CellStride];
        CellLogs = new float[count * CellStride];
        Excluded = new bool[count];
    }

    /// <summary>Number of maps.</summary>
    public int Count { get; }

    /// <summary>The cells of the quick test.</summary>
    public CellSums Cells { get; }

    /// <summary>Distance between maps in <see cref="Values"/> and <see cref="Logs"/>; a multiple of 16.</summary>
    public int Stride { get; }

    /// <summary>Distance between maps in <see cref="CellValues"/> and <see cref="CellLogs"/>; a multiple of 16.</summary>
    public int CellStride { get; }

    /// <summary>Guarded values, padded with zeros.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>Their logarithms, padded with zeros.</summary>
    public ReadOnlySpan<float> Logs => _logs;

    /// <summary>Sums over the cells, padded.</summary>
    public float[] CellValues { get; }

    /// <summary>Logarithms of the sums over the cells, padded.</summary>
    public float[] CellLogs { get; }

    /// <summary>Maps that match nothing.</summary>
    public bool[] Excluded { get; }

    /// <summary>Rounds up to whole lanes.</summary>
    /// <param name="length">A length.</param>
    /// <returns>The next multiple of 16.</returns>
    public static int Padded(int length) => (length + Lanes.Count - 1) / Lanes.Count * Lanes.Count;

    /// <summary>Prepares some of the maps.</summary>
    /// <param name="maps">All maps.</param>
    /// <param name="chosen">The maps to prepare, in order.</param>
    /// <param name="settings">Threads and zeros.</param>
    /// <returns>The prepared maps; dispose them to give their buffers back.</returns>
    public static PreparedMaps Of(MapRows maps, int[] chosen, MatchSettings settings)
    {
        PreparedMaps prepared = new(chosen.Length, maps.Tokens, new CellSums(maps.Height, maps.Width));
        RowParallel.For(chosen.Length, Grain, settings.MaxDegreeOfParallelism, (from, to) =>
        {
            for (int i = from; i < to; i++)
            {
                prepared.Fill(i, maps.Row(chosen[i]), settings.Zeros);
            }
        });
        return prepared;
    }

    /// <summary>Whether a map matches nothing: it is not there (NaN), or holds a 0 that is to be taken as published.</summary>
    /// <param name="map">The map.</param>
    /// <param name="zeros">What 0 does.</param>
    /// <returns>True when it matches nothing.</returns>
    public static bool IsExcluded(ReadOnlySpan<float> map, ZeroAttention zeros) =>
        float.IsNaN(map[0]) || (zeros == ZeroAttention.MatchesNothing && map.Contains(0f));

    /// <summary>Gives the buffers back.</summary>
    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(_values);
        ArrayPool<float>.Shared.Return(_logs);
    }

    private void Fill(int i, ReadOnlySpan<float> map, ZeroAttention zeros)
    {
        Excluded[i] = IsExcluded(map, zeros);
        JeffreysDistance.Prepare(map, _values.AsSpan(i * Stride, Stride), _logs.AsSpan(i * Stride, Stride));
        Span<float> cells = stackalloc float[Cells.Count];
        Cells.Of(map, cells);
        JeffreysDistance.Prepare(
            cells, CellValues.AsSpan(i * CellStride, CellStride), CellLogs.AsSpan(i * CellStride, CellStride));
    }
}
