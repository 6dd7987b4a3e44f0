using System.Numerics.Tensors;

namespace DiffSeg;

/// <summary>Merges matching maps into their mean: the product of a sparse 0/1 matrix with the maps. Used again and again.</summary>
/// <remarks>
/// In tiles of columns, so that the sums of all anchors stay in a core's cache while the maps pass by once. Maps are
/// added in order, by eights, eights to blocks of 64, block to block: short sums of single precision instead of a long
/// one, each taken once for all anchors that share it, and the same bits for any number of threads, which share out the
/// columns.
/// </remarks>
internal sealed class MatchMean
{
    private const int Columns = RowSums.Columns;

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
    /// <param name="cancellationToken">Looked at every 256 tokens.</param>
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
    /// <param name="cancellationToken">Looked at every 256 tokens.</param>
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
        RowParallel.For(maps.Tokens, Columns, degree, _sumColumns, cancellationToken);
        _maps = default;
        _means = null!;
        return maps with { Values = means, Count = matches.Anchors };
    }

    private void SumColumns(int from, int to)
    {
        int anchors = _matches.Anchors;
        using Scratch<float> packed = new(MatchMatrix.WordSize * Columns);
        using Scratch<float> pieceSums = new(_words.MostPieces * Columns);
        using Scratch<float> wordSums = new(_words.MostWords * Columns);
        using Scratch<float> sums = new(anchors * Columns);
        sums.Span.Clear();
        for (int block = 0; block < _matches.WordsPerAnchor; block++)
        {
            Pack(block * MatchMatrix.WordSize, from, to - from, packed.Span);
            DistinctWords.Choices rows = _words.RowsOfPieces(block);
            DistinctWords.Choices pieces = _words.PiecesOfWords(block);
            RowSums.Chosen(rows.Items, rows.Ends, packed.Span, pieceSums.Span);
            RowSums.Chosen(pieces.Items, pieces.Ends, pieceSums.Span, wordSums.Span);
            RowSums.AddChosen(_words.WordOf(block), wordSums.Span, sums.Span);
        }

        for (int anchor = 0; anchor < anchors; anchor++)
        {
            // No matches: 0 / 0, NaN.
            TensorPrimitives.Divide(
                sums.Span.Slice(anchor * Columns, to - from),
                _counts[anchor],
                _means.AsSpan((anchor * _maps.Tokens) + from, to - from));
        }
    }

    // A tile of the maps, row after row. In place, rows that lie a power of two apart would push one another out of the cache.
    private void Pack(int first, int column, int columns, Span<float> packed)
    {
        int rows = Math.Min(MatchMatrix.WordSize, _maps.Count - first);
        for (int i = 0; i < rows; i++)
        {
            Span<float> row = packed.Slice(i * Columns, Columns);
            _maps.Row(first + i).Slice(column, columns).CopyTo(row);
            row[columns..].Clear();
        }
    }
}
