using System.Numerics.Tensors;

namespace DiffSeg.Points;

/// <summary>
/// Attention as the step of a Markov chain that favours no token: scaled to be doubly stochastic, by a factor per row and one
/// per column (iterative proportional fitting). The scaled matrix is never made.
/// </summary>
/// <remarks>
/// Attention's rows sum to 1, but some tokens are attended to by all others: a chain would end there wherever it began. With
/// columns that sum to 1 too it ends nowhere in particular. Sums run over blocks of rows that do not depend on the threads,
/// and the blocks are added in their order: so bits depend on neither threads nor machine.
/// </remarks>
internal sealed class BalancedAttention
{
    /// <summary>Rows per block.</summary>
    private const int Block = 128;

    /// <summary>Passes over the matrix at most.</summary>
    private const int MostPasses = 20;

    /// <summary>By how much columns may miss 1.</summary>
    private const float Tolerance = 0.01f;

    /// <summary>Sums that count as 0: their reciprocals might not be finite.</summary>
    private const float Nothing = 1e-30f;

    private readonly AggregatedAttention _attention;
    private readonly float[] _rowScales;
    private readonly float[] _columnScales;
    private readonly float[] _blockSums;
    private readonly float[] _weights;
    private readonly Action<int, int> _fitRows;
    private readonly Action<int, int> _sumRows;

    /// <summary>Finds the factors.</summary>
    /// <param name="attention">The attention; must live as long as this.</param>
    /// <param name="degree">Threads at most; -1 for all cores.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    public BalancedAttention(AggregatedAttention attention, int degree, CancellationToken cancellationToken)
    {
        _attention = attention;
        Tokens = attention.Tokens;
        _rowScales = new float[Tokens];
        _columnScales = new float[Tokens];
        _weights = new float[Tokens];
        _blockSums = new float[(Tokens + Block - 1) / Block * Tokens];
        _fitRows = FitRows;
        _sumRows = SumRows;
        Fit(degree, cancellationToken);
    }

    /// <summary>Tokens of the chain.</summary>
    public int Tokens { get; }

    /// <summary>Passes over the matrix that the factors took.</summary>
    public int Passes { get; private set; }

    /// <summary>One step of the chain.</summary>
    /// <param name="from">Probability of each token, of any sum.</param>
    /// <param name="to">Their probabilities after the step, of the same sum but for what the balance misses.</param>
    /// <param name="degree">Threads at most; -1 for all cores.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    public void Step(ReadOnlySpan<float> from, Span<float> to, int degree, CancellationToken cancellationToken)
    {
        TensorPrimitives.Multiply(from, _rowScales, _weights);
        RowParallel.For(Tokens, Block, degree, _sumRows, cancellationToken);
        AddBlocks(to);
        TensorPrimitives.Multiply(to, _columnScales, to);
    }

    private void Fit(int degree, CancellationToken cancellationToken)
    {
        Array.Fill(_columnScales, 1);
        float[] sums = new float[Tokens];
        float off = float.PositiveInfinity;
        while (off > Tolerance && Passes < MostPasses)
        {
            RowParallel.For(Tokens, Block, degree, _fitRows, cancellationToken);
            AddBlocks(sums);
            off = 0;
            for (int i = 0; i < Tokens; i++)
            {
                off = Math.Max(off, Math.Abs((sums[i] * _columnScales[i]) - 1));

                // A token that nobody attends to is one that no chain comes to.
                _columnScales[i] = Reciprocal(sums[i]);
            }

            Passes++;
        }
    }

    // A row is scaled to sum to 1 and, while the caches have it, added to the columns' sums.
    private void FitRows(int from, int to)
    {
        using Scratch<float> scratch = new(Tokens);
        Span<float> sums = BlockSums(from);
        sums.Clear();
        for (int i = from; i < to; i++)
        {
            ReadOnlySpan<float> row = _attention.Map(i);
            TensorPrimitives.Multiply(row, _columnScales, scratch.Span);
            float scale = Reciprocal(RowSum.Of(scratch.Span));
            _rowScales[i] = scale;
            RowScale.Store(row, scale, sums, sums);
        }
    }

    private void SumRows(int from, int to)
    {
        Span<float> sums = BlockSums(from);
        sums.Clear();
        for (int i = from; i < to; i++)
        {
            if (_weights[i] > 0)
            {
                RowScale.Store(_attention.Map(i), _weights[i], sums, sums);
            }
        }
    }

    private void AddBlocks(Span<float> total)
    {
        total.Clear();
        for (int start = 0; start < Tokens; start += Block)
        {
            TensorPrimitives.Add(total, BlockSums(start), total);
        }
    }

    private Span<float> BlockSums(int row) => _blockSums.AsSpan(row / Block * Tokens, Tokens);

    private static float Reciprocal(float sum) => sum > Nothing ? 1 / sum : 0;
}
