using System.Numerics;
using System.Numerics.Tensors;

namespace DiffSeg;

/// <summary>Merges matching maps into their mean: the product of a sparse 0/1 matrix with the maps. Used again and again.</summary>
/// <remarks>
/// In tiles of columns, so that the sums of all anchors stay in a core's cache while the maps pass by once. Maps are
/// added in <see cref="MapOrder"/>, by eights, eights to blocks of 64, block to block: short sums of single precision instead of
/// a long one, each taken once for all anchors that share it, and the same bits for any number of threads, which share out the
/// columns.
/// </remarks>
internal sealed class MatchMean
{
    private const int Columns = RowSums.Columns;

    /// <summary>Tiles that one thread takes together: the longer the pieces of maps, the faster they are read.</summary>
    private const int Tiles = 4;

    private readonly DistinctWords _words = new();
    private readonly Action<int, int> _sumColumns;
    private MatchMatrix _matches = null!;
    private MapRows _maps;
    private float[] _means = null!;
    private float[] _counts = [];

    /// <summary>An instance, to be used again and again.</summary>
    public MatchMean() => _sumColumns = SumColumns;

    /// <summary>For each anchor, the mean of all maps that match it; NaN where none does.</summary>
    /// <param name="matches">The matches.</param>
    /// <param name="maps">The maps.</param>
    /// <param name="degree">Threads at most.</param>
    /// <param name="cancellationToken">Looked at every 512 tokens.</param>
    /// <returns>One map per anchor, in an array of their own.</returns>
    public static MapRows Of(MatchMatrix matches, MapRows maps, int degree, CancellationToken cancellationToken)
    {
        float[] means = new float[checked(matches.Anchors * maps.Tokens)];
        return new MatchMean().Into(means, matches, maps, degree, cancellationToken);
    }

    /// <summary>For each anchor, the mean of all maps that match it; NaN where none does.</summary>
    /// <param name="means">Where the means go, one after the other.</param>
    /// <param name="matches">The matches.</param>
    /// <param name="maps">The maps.</param>
    /// <param name="degree">Threads at most.</param>
    /// <param name="cancellationToken">Looked at every 512 tokens.</param>
    /// <returns>One map per anchor, in <paramref name="means"/>.</returns>
    public MapRows Into(
        float[] means, MatchMatrix matches, MapRows maps, int degree, CancellationToken cancellationToken)
    {
        (_means, _matches, _maps) = (means, matches, maps);
        if (_counts.Length < matches.Anchors)
        {
            _counts = new float[matches.Anchors];
        }

        for (int anchor = 0; anchor < matches.Anchors; anchor++)
        {
            _counts[anchor] = matches.CountOf(anchor);
        }

        _words.Find(matches, degree, cancellationToken);
        RowParallel.For(maps.Tokens, Tiles * Columns, degree, _sumColumns, cancellationToken);
        _maps = default;
        _means = null!;
        return maps with { Values = means, Count = matches.Anchors };
    }

    private void SumColumns(int from, int to)
    {
        int anchors = _matches.Anchors;
        int tile = anchors * Columns;
        using Scratch<float> packed = new(Tiles * MatchMatrix.WordSize * Columns);
        using Scratch<float> pieceSums = new(_words.MostPieces * Columns);
        using Scratch<float> wordSums = new(_words.MostWords * Columns);
        using Scratch<float> sums = new(Tiles * tile);
        sums.Span.Clear();
        for (int block = 0; block < _matches.Blocks; block++)
        {
            if (_words.Used(block) == 0)
            {
                continue;
            }

            Pack(block, from, to - from, packed.Span);
            DistinctWords.Choices rows = _words.RowsOfPieces(block);
            DistinctWords.Choices pieces = _words.PiecesOfWords(block);
            for (int i = 0; i * Columns < to - from; i++)
            {
                Span<float> maps = packed.Span[(i * MatchMatrix.WordSize * Columns)..];
                RowSums.Chosen(rows.Items, rows.Ends, maps, pieceSums.Span);
                RowSums.Chosen(pieces.Items, pieces.Ends, pieceSums.Span, wordSums.Span);
                RowSums.AddChosen(_words.WordOf(block), wordSums.Span, sums.Span.Slice(i * tile, tile));
            }
        }

        for (int anchor = 0; anchor < anchors; anchor++)
        {
            for (int column = from; column < to; column += Columns)
            {
                // No matches: 0 / 0, NaN.
                int columns = Math.Min(Columns, to - column);
                TensorPrimitives.Divide(
                    sums.Span.Slice(((column - from) / Columns * tile) + (anchor * Columns), columns),
                    _counts[anchor],
                    _means.AsSpan((anchor * _maps.Tokens) + column, columns));
            }
        }
    }

    /// <summary>Copies a few tiles of the maps of a block that match any anchor, and asks for those of the next block.</summary>
    /// <remarks>In place, rows that lie a power of two apart would push one another out of the cache.</remarks>
    private void Pack(int block, int column, int columns, Span<float> packed)
    {
        ulong next = block + 1 < _matches.Blocks ? _words.Used(block + 1) : 0;
        for (ulong used = _words.Used(block); (used | next) != 0; used &= used - 1, next &= next - 1)
        {
            if (next != 0)
            {
                RowSums.Prefetch(Map(block + 1, next).Slice(column, columns));
            }

            if (used == 0)
            {
                continue;
            }

            ReadOnlySpan<float> map = Map(block, used).Slice(column, columns);
            int row = BitOperations.TrailingZeroCount(used);
            for (int tile = 0; tile * Columns < columns; tile++)
            {
                ReadOnlySpan<float> part = map[(tile * Columns)..Math.Min(columns, (tile + 1) * Columns)];
                Span<float> place = packed.Slice(((tile * MatchMatrix.WordSize) + row) * Columns, Columns);
                part.CopyTo(place);
                place[part.Length..].Clear();
            }
        }
    }

    private ReadOnlySpan<float> Map(int block, ulong bits) =>
        _maps.Row(_matches.Order.MapAt((block * MatchMatrix.WordSize) + BitOperations.TrailingZeroCount(bits)));
}
