using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace DiffSeg;

/// <summary>
/// Maps made ready to be compared: guarded against zeros, with logarithms, and split into units, cells and what the tokens
/// lie off their cells (see <see cref="UnitSplit"/>). Used again and again; several threads may prepare different maps at the same time.
/// </summary>
/// <remarks>
/// <para>
/// Units bound distances from below. The Jeffreys divergence is an f-divergence, and summing both maps over the same
/// tokens can only lower it (the log-sum inequality; the maps need not be normalised).
/// </para>
/// <para>
/// Cells and rests make up the distance. With values x and logarithms a of each token split into the mean of its cell and the
/// rest, x = X + x', a = A + a', the rests add up to 0 within each cell, so sum (x - y)(a - b) = sum (X - Y)(A - B) + sum
/// (x' - y')(a' - b'). The last sum lies, by Cauchy and Schwarz over the tokens of each unit, within plus or minus
/// sum (|x'| + |y'|)(|a'| + |b'|): cells alone bound the distance from both sides, and each unit whose rests are summed
/// takes its share off the bound.
/// </para>
/// <para>
/// Values are guarded before anything is made of them, or the bounds would not hold among zeros.
/// </para>
/// </remarks>
/// <param name="negateRoughness">
/// Store roughness with a minus sign: between such maps and others, the sum of (x - y)(a - b) is that of (|x| + |y|)(|a| + |b|).
/// </param>
internal sealed class PreparedMaps(bool negateRoughness)
{
    private bool[] _excluded = [];
    private int _width;

    /// <summary>Number of maps.</summary>
    public int Count { get; private set; }

    /// <summary>Of each map and unit the mean value, beside its logarithm.</summary>
    public LogRows Units { get; } = new();

    /// <summary>Of each map and cell the mean value, beside the mean of the logarithms.</summary>
    public ChunkRows Cells { get; } = new(rowsFirst: false);

    /// <summary>Of each map and token what the value, and the logarithm, lie off their cell's.</summary>
    public ChunkRows Rests { get; } = new(rowsFirst: true);

    /// <summary>Of each map and unit the Euclidean norms of the rests of values and logarithms.</summary>
    public ChunkRows Roughness { get; } = new(rowsFirst: false);

    /// <summary>Whether each map matches nothing. All that is made of such a map is 0.</summary>
    public ReadOnlySpan<bool> Excluded => _excluded.AsSpan(0, Count);

    /// <summary>Makes room; all maps are undefined afterwards.</summary>
    /// <param name="count">Number of maps.</param>
    /// <param name="height">Rows of each map.</param>
    /// <param name="width">Columns of each map.</param>
    public void Reset(int count, int height, int width)
    {
        (Count, _width) = (count, width);
        int units = UnitSplit.Count(height, width);
        Units.Reset(count, units);
        Cells.Reset(count, ((units * UnitSplit.Cells) + ChunkRows.Length - 1) / ChunkRows.Length);
        Rests.Reset(count, units);
        Roughness.Reset(count, (units + ChunkRows.Length - 1) / ChunkRows.Length);
        if (_excluded.Length < count)
        {
            _excluded = new bool[count];
        }
    }

    /// <summary>Whether a map matches nothing: it is not there (NaN), or holds a 0 that is to be taken as published.</summary>
    /// <param name="map">The map.</param>
    /// <param name="zeros">What 0 does.</param>
    /// <returns>True when it matches nothing.</returns>
    public static bool IsExcluded(ReadOnlySpan<float> map, ZeroAttention zeros) =>
        float.IsNaN(map[0]) || (zeros == ZeroAttention.MatchesNothing && HasZero(map));

    /// <summary>Prepares one map.</summary>
    /// <param name="index">Its place.</param>
    /// <param name="map">Its values.</param>
    /// <param name="zeros">What 0 does.</param>
    public void Set(int index, ReadOnlySpan<float> map, ZeroAttention zeros)
    {
        _excluded[index] = IsExcluded(map, zeros);
        if (_excluded[index])
        {
            Units.Both(index).Clear();
            Cells.Clear(index);
            Rests.Clear(index);
            Roughness.Clear(index);
            return;
        }

        // Padding: 0 in all maps, so that it adds nothing to any sum.
        int last = Cells.Chunks - 1;
        int padding = (Units.Length * UnitSplit.Cells) - (last * ChunkRows.Length);
        Cells.Values(index, last)[padding..].Clear();
        Cells.Logs(index, last)[padding..].Clear();
        last = Roughness.Chunks - 1;
        padding = Units.Length - (last * ChunkRows.Length);
        Roughness.Values(index, last)[padding..].Clear();
        Roughness.Logs(index, last)[padding..].Clear();
        UnitSplit.Take(map, _width, index, Rests, Cells, Roughness, Units.Values(index));
        Units.TakeLogs(index);
        if (negateRoughness)
        {
            Span<float> row = Roughness.Row(index);
            TensorPrimitives.Negate(row, row);
        }
    }

    // As whole numbers, which the library compares many at a time, and not one by one as it does floats: 0 and -0.
    private static bool HasZero(ReadOnlySpan<float> map) =>
        MemoryMarshal.Cast<float, int>(map).ContainsAny(0, int.MinValue);
}
