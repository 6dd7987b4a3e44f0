using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DiffSeg;

/// <summary>
/// Splits a map into units of 8 x 8 tokens, each into 16 cells of 2 x 2 tokens: means over the cells, what each token lies
/// off them, and how much that is over a unit.
/// </summary>
/// <remarks>
/// In a unit, first come the upper left tokens of its 16 cells, then the upper right, the lower left and the lower right
/// ones. Where a unit or a cell reaches beyond the map, it has the tokens that there are: a cell's mean value is then
/// weighted with their share of four, and the places of those that are not there hold 0, which is no difference to any
/// other map.
/// </remarks>
internal static class UnitSplit
{
    /// <summary>Tokens per side.</summary>
    public const int Side = 8;

    /// <summary>Tokens per unit.</summary>
    public const int Tokens = Side * Side;

    /// <summary>Tokens per cell.</summary>
    public const int TokensPerCell = 4;

    /// <summary>Cells per unit.</summary>
    public const int Cells = Tokens / TokensPerCell;

    /// <summary>How many units cover a map.</summary>
    /// <param name="height">Rows of the map.</param>
    /// <param name="width">Columns of the map.</param>
    /// <returns>The count; they are numbered row by row.</returns>
    public static int Count(int height, int width) => (height + Side - 1) / Side * ((width + Side - 1) / Side);

    /// <summary>Splits one map.</summary>
    /// <param name="map">The map, row-major, not negative; less than a normal number counts as the smallest one.</param>
    /// <param name="width">Its columns.</param>
    /// <param name="row">Where it goes in each of these rows:</param>
    /// <param name="rests">One chunk per unit: what tokens lie off the means of their cells.</param>
    /// <param name="cells">Four units per chunk: the weighted mean value of each cell; the plain mean of its logarithms.</param>
    /// <param name="roughness">64 units per chunk: the Euclidean norm of the unit's rests.</param>
    /// <param name="means">The sum of each unit's values over 64.</param>
    public static void Take(
        ReadOnlySpan<float> map,
        int width,
        int row,
        ChunkRows rests,
        ChunkRows cells,
        ChunkRows roughness,
        Span<float> means)
    {
        int height = map.Length / width;
        int unit = 0;
        for (int top = 0; top < height; top += Side)
        {
            int whole = Lanes.Vectorised && top + Side <= height ? width / Side : 0;
            if (whole > 0)
            {
                TakeWhole(map[(top * width)..], width, unit, whole, row, rests, cells, roughness, means);
            }

            for (unit += whole; whole * Side < width; whole++, unit++)
            {
                TakePart(map, width, top, whole * Side, unit, row, rests, cells, roughness, means);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void TakeWhole(
        ReadOnlySpan<float> map,
        int width,
        int unit,
        int count,
        int row,
        ChunkRows rests,
        ChunkRows cells,
        ChunkRows roughness,
        Span<float> means)
    {
        ref float tokens = ref MemoryMarshal.GetReference(map[..(Side * width)]);
        ref float restsRow = ref MemoryMarshal.GetReference(rests.Row(row));
        ref float cellsRow = ref MemoryMarshal.GetReference(cells.Row(row));
        nuint stride = (nuint)width;
        for (int end = unit + count; unit < end; unit++, tokens = ref Unsafe.Add(ref tokens, Side))
        {
            ref float rest = ref Unsafe.Add(ref restsRow, unit * rests.ChunkStride);
            ref float cell = ref Unsafe.Add(ref cellsRow, (unit / 4 * cells.ChunkStride) + (unit % 4 * Cells));
            Vector512<float> a = Columns(ref tokens, stride, 0, 0);
            Vector512<float> b = Columns(ref tokens, stride, 0, 32);
            Vector512<float> c = Columns(ref tokens, stride, stride, 0);
            Vector512<float> d = Columns(ref tokens, stride, stride, 32);
            roughness.Logs(row, unit / ChunkRows.Length)[unit % ChunkRows.Length] = MathF.Sqrt(Center(
                FastLog.Of(a), FastLog.Of(b), FastLog.Of(c), FastLog.Of(d), ref Unsafe.Add(ref rest, ChunkRows.Length), out Vector512<float> mean));
            mean.StoreUnsafe(ref cell, ChunkRows.Length);
            roughness.Values(row, unit / ChunkRows.Length)[unit % ChunkRows.Length] =
                MathF.Sqrt(Center(a, b, c, d, ref rest, out mean));
            mean.StoreUnsafe(ref cell);
            means[unit] = Lanes.Reduce(mean) / Cells;
        }
    }

    /// <summary>Stores what four tokens per cell lie off their mean, and returns the sum of the squares.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Center(
        Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, ref float rests, out Vector512<float> mean)
    {
        mean = (a + b + (c + d)) * Vector512.Create(1f / TokensPerCell);
        a -= mean;
        b -= mean;
        c -= mean;
        d -= mean;
        a.StoreUnsafe(ref rests);
        b.StoreUnsafe(ref rests, Cells);
        c.StoreUnsafe(ref rests, 2 * Cells);
        d.StoreUnsafe(ref rests, 3 * Cells);
        return Lanes.Reduce(Vector512.MultiplyAddEstimate(a, a, b * b) + Vector512.MultiplyAddEstimate(c, c, d * d));
    }

    /// <summary>One token of each cell, all four rows of cells: the lower or the upper halves of 64-bit lanes, packed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Columns(ref float tokens, nuint stride, nuint offset, int shift)
    {
        Vector256<float> upper = Vector256.Narrow(
            Vector256.LoadUnsafe(ref tokens, offset).AsUInt64() >> shift,
            Vector256.LoadUnsafe(ref tokens, offset + (2 * stride)).AsUInt64() >> shift).AsSingle();
        Vector256<float> lower = Vector256.Narrow(
            Vector256.LoadUnsafe(ref tokens, offset + (4 * stride)).AsUInt64() >> shift,
            Vector256.LoadUnsafe(ref tokens, offset + (6 * stride)).AsUInt64() >> shift).AsSingle();
        return Vector512.MaxNative(Vector512.Create(upper, lower), Vector512.Create(JeffreysDistance.Smallest));
    }

    internal static void TakePart(
        ReadOnlySpan<float> map,
        int width,
        int top,
        int left,
        int unit,
        int row,
        ChunkRows rests,
        ChunkRows cells,
        ChunkRows roughness,
        Span<float> means)
    {
        Span<float> values = stackalloc float[Tokens];
        Span<float> logs = stackalloc float[Tokens];
        Span<bool> there = stackalloc bool[Tokens];
        for (int i = 0; i < Tokens; i++)
        {
            int cell = i % Cells;
            int y = top + (cell / 4 * 2) + (i / Cells / 2);
            int x = left + (cell % 4 * 2) + (i / Cells % 2);
            there[i] = y < map.Length / width && x < width;
            values[i] = there[i] ? Math.Max(map[(y * width) + x], JeffreysDistance.Smallest) : 1;
        }

        FastLog.Of(values, logs);
        int first = unit % 4 * Cells;
        Span<float> weighted = cells.Values(row, unit / 4).Slice(first, Cells);
        (int chunk, int place) = (unit / ChunkRows.Length, unit % ChunkRows.Length);
        roughness.Values(row, chunk)[place] = CenterPart(values, there, rests.Values(row, unit), weighted, weigh: true);
        roughness.Logs(row, chunk)[place] = CenterPart(
            logs, there, rests.Logs(row, unit), cells.Logs(row, unit / 4).Slice(first, Cells), weigh: false);
        float sum = 0;
        foreach (float value in weighted)
        {
            sum += value;
        }

        means[unit] = sum / Cells;
    }

    private static float CenterPart(
        ReadOnlySpan<float> values, ReadOnlySpan<bool> there, Span<float> rests, Span<float> means, bool weigh)
    {
        float squares = 0;
        for (int cell = 0; cell < Cells; cell++)
        {
            float sum = 0;
            int count = 0;
            for (int i = cell; i < Tokens; i += Cells)
            {
                sum += there[i] ? values[i] : 0;
                count += there[i] ? 1 : 0;
            }

            float mean = count == 0 ? 0 : sum / count;
            means[cell] = weigh ? sum / TokensPerCell : mean;
            for (int i = cell; i < Tokens; i += Cells)
            {
                rests[i] = there[i] ? values[i] - mean : 0;
                squares += rests[i] * rests[i];
            }
        }

        return MathF.Sqrt(squares);
    }
}
