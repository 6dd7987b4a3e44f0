using System.Numerics;

namespace DiffSeg;

/// <summary>A mask as runs, row after row.</summary>
/// <remarks>
/// A mask has some thousand runs where it has some hundred thousand pixels: its pixels are read once to find the runs
/// and written once from them, and whatever lies between works on the runs. Keeps its buffers for the next mask.
/// </remarks>
internal sealed class MaskRuns
{
    private KeptBuffer<Run> _runs;
    private KeptBuffer<int> _rowStarts;
    private int _count;

    /// <summary>Rows of the mask.</summary>
    public int Height { get; private set; }

    /// <summary>Columns of the mask.</summary>
    public int Width { get; private set; }

    /// <summary>All runs, in the order of their pixels.</summary>
    public Span<Run> All => _runs.Array.AsSpan(0, _count);

    /// <summary>Finds the runs.</summary>
    /// <typeparam name="T">Type of the values.</typeparam>
    /// <param name="map">The mask, row-major; values from 0 to <see cref="int.MaxValue"/>.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    public void Find<T>(ReadOnlySpan<T> map, int height, int width)
        where T : unmanaged, IBinaryInteger<T>
    {
        (Height, Width, _count) = (height, width, 0);
        Span<int> rowStarts = _rowStarts.Take(height + 1);
        for (int y = 0; y < height; y++)
        {
            rowStarts[y] = _count;
            ReadOnlySpan<T> row = map.Slice(y * width, width);
            for (int x = 0; x < width;)
            {
                int length = row[x..].IndexOfAnyExcept(row[x]);
                int end = length < 0 ? width : x + length;
                _runs.Append(_count++, new Run((y * width) + x, (y * width) + end, int.CreateTruncating(row[x])));
                x = end;
            }
        }

        rowStarts[height] = _count;
    }

    /// <summary>The runs of one row.</summary>
    /// <param name="y">The row.</param>
    /// <returns>Positions in <see cref="All"/>.</returns>
    public (int From, int End) Row(int y) => (_rowStarts.Array[y], _rowStarts.Array[y + 1]);

    /// <summary>Gives the runs of each value another one.</summary>
    /// <param name="values">The new value of each old one.</param>
    public void Replace(ReadOnlySpan<ushort> values)
    {
        foreach (ref Run run in All)
        {
            run = run with { Value = values[run.Value] };
        }
    }

    /// <summary>Writes the mask.</summary>
    /// <param name="map">Takes the value of each pixel.</param>
    public void Paint(Span<int> map)
    {
        foreach (Run run in All)
        {
            map[run.Start..run.End].Fill(run.Value);
        }
    }

    /// <summary>Writes the mask as labels.</summary>
    /// <param name="labels">Takes the label of each pixel.</param>
    public void Paint(Span<ushort> labels)
    {
        foreach (Run run in All)
        {
            labels[run.Start..run.End].Fill((ushort)run.Value);
        }
    }
}
