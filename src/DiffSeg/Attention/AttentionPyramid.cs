using System.Numerics.Tensors;

namespace DiffSeg;

/// <summary>The weighted sum of all resolutions, in the buffer of the finest.</summary>
internal sealed class AttentionPyramid
{
    private const int Grain = 16;
    private readonly AttentionLadder _ladder;
    private readonly float[] _weights;
    private readonly int _degree;
    private readonly BilinearMap[] _upsampling;
    private readonly int[][] _queryOf;
    private readonly float[][] _upsampled;

    /// <summary>Prepares the upsampling of each coarser resolution.</summary>
    /// <param name="ladder">The resolutions.</param>
    /// <param name="weights">One weight per resolution.</param>
    /// <param name="degree">Threads at most.</param>
    public AttentionPyramid(AttentionLadder ladder, float[] weights, int degree)
    {
        _ladder = ladder;
        _weights = weights;
        _degree = degree;
        (int height, int width) = ladder.Levels[0];
        _upsampling = [.. ladder.Levels.Select(l => new BilinearMap(l.Height, l.Width, height, width))];
        _upsampled = new float[ladder.Levels.Length][];
        _queryOf = [.. ladder.Levels.Select(l => NearestQueries(l.Height, l.Width, height, width))];
    }

    /// <summary>What each map of the result sums to: the sum of the weights.</summary>
    public double Mass => _weights.Sum(w => (double)w);

    /// <summary>Adds the coarser resolutions to the finest, each weighted and each map divided by its sum.</summary>
    /// <param name="means">The mean maps per resolution; the first is overwritten with the result.</param>
    public void SumInto(LevelMean[] means)
    {
        int tokens = means[0].Tokens;
        for (int level = 1; level < means.Length; level++)
        {
            _upsampled[level] ??= GC.AllocateUninitializedArray<float>(means[level].Tokens * tokens);
            Upsample(level, means[level], _upsampled[level], tokens);
        }

        LevelMean finest = means[0];
        RowParallel.For(tokens, Grain, _degree, (from, to) =>
        {
            for (int query = from; query < to; query++)
            {
                Span<float> row = finest.Values.Slice(query * tokens, tokens);
                Normalise(row, 0, query);
                for (int level = 1; level < means.Length; level++)
                {
                    int start = _queryOf[level][query] * tokens;
                    TensorPrimitives.Add(row, _upsampled[level].AsSpan(start, tokens), row);
                }
            }
        });
    }

    // Output token -> token of the coarser level that covers it: rows and columns repeated by the ratio of the sizes.
    private static int[] NearestQueries(int levelHeight, int levelWidth, int height, int width)
    {
        int[] queries = new int[height * width];
        for (int i = 0; i < queries.Length; i++)
        {
            int y = (int)((long)(i / width) * levelHeight / height);
            int x = (int)((long)(i % width) * levelWidth / width);
            queries[i] = (y * levelWidth) + x;
        }

        return queries;
    }

    private void Upsample(int level, LevelMean mean, float[] upsampled, int tokens)
    {
        BilinearMap map = _upsampling[level];
        RowParallel.For(mean.Tokens, Grain, _degree, (from, to) =>
        {
            using Scratch<float> scratch = new(map.ScratchLength);
            for (int query = from; query < to; query++)
            {
                Span<float> row = upsampled.AsSpan(query * tokens, tokens);
                map.Resample(mean.Values.Slice(query * mean.Tokens, mean.Tokens), row, scratch.Span);
                Normalise(row, level, query);
            }
        });
    }

    private void Normalise(Span<float> map, int level, int query)
    {
        float sum = RowSum.Of(map);
        float scale = _weights[level] / sum;
        if (!float.IsFinite(sum) || !float.IsFinite(scale))
        {
            int tensor = _ladder.FirstTensorOf(level);
            (int height, int width) = _ladder.Levels[level];
            throw new AttentionException(
                $"The attention of query token {query} at {height}x{width} (tensor {tensor}) sums to {sum}, which no "
                + "float can normalise. Rows of attention should sum to about 1: check the model's output.",
                tensor,
                (long)query * height * width);
        }

        TensorPrimitives.Multiply(map, scale, map);
    }
}
