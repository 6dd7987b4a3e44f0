using System.Numerics.Tensors;
using DiffSeg.Cli.Benchmarking.Inputs;
using DiffSeg.Cli.Benchmarking.Products;

namespace DiffSeg.Cli.Benchmarking.Oracles;

/// <summary>
/// The whole post-processing the plain way: whole arrays, one operation after the other. Formulations differ in how they
/// compute distances. Their masks are those of <see cref="DiffSegSegmenter"/>; what they are for is their time.
/// </summary>
/// <param name="settings">What to compute.</param>
internal abstract class Formulation(FormulationSettings settings) : IDisposable
{
    private readonly PlainAggregation _aggregation = new(settings.Weights, settings.Threads);
    private MatrixProducts? _merge;

    /// <summary>What to compute.</summary>
    protected FormulationSettings Settings { get; } = settings;

    /// <summary>Arrays kept from one picture to the next.</summary>
    protected Buffers Buffers { get; } = new();

    /// <summary>Segments a picture.</summary>
    /// <param name="input">Its attention.</param>
    /// <param name="cancellationToken">Looked at between groups of anchors.</param>
    /// <returns>The proposal that each pixel of the mask is given to, row-major; null when no proposal survives.</returns>
    public int[]? Run(AttentionInput input, CancellationToken cancellationToken)
    {
        AttentionShape finest = input.Finest;
        float[] maps = _aggregation.Run(input);
        (float[] proposals, int count) = Merge(maps, finest.Height, finest.Width, cancellationToken);
        return count == 0 ? null : PlainMask.Of(proposals, count, finest.Height, finest.Width, Settings);
    }

    /// <inheritdoc/>
    public virtual void Dispose() => _merge?.Dispose();

    /// <summary>Half the symmetric divergence of each anchor's map and each map.</summary>
    /// <param name="maps">All maps [tokens, tokens].</param>
    /// <param name="anchors">Which of them are anchors.</param>
    /// <param name="tokens">Number of maps, and of values in each.</param>
    /// <param name="distances">Distances [anchors, tokens]; NaN where a map holds a 0.</param>
    /// <param name="cancellationToken">Looked at between groups of anchors.</param>
    protected abstract void FirstDistances(
        float[] maps, int[] anchors, int tokens, float[] distances, CancellationToken cancellationToken);

    /// <summary>Prepares a later iteration.</summary>
    /// <param name="proposals">The proposals [count, tokens].</param>
    /// <param name="count">How many.</param>
    /// <param name="tokens">Values in each.</param>
    /// <returns>Gives the distances [count] of one proposal to all.</returns>
    protected abstract Func<int, float[]> LaterDistances(float[] proposals, int count, int tokens);

    private (float[] Proposals, int Count) Merge(float[] maps, int height, int width, CancellationToken cancellationToken)
    {
        int tokens = height * width;
        int[] anchors = PlainGrid.Anchors(height, width, Settings.AnchorsPerSide);
        float[] proposals = First(maps, anchors, tokens, cancellationToken);
        int count = anchors.Length;
        foreach (float threshold in Settings.KlThresholds.Skip(1))
        {
            (proposals, count) = Later(proposals, count, tokens, threshold);
        }

        return Settings.KlThresholds.Count == 1 ? PlainMean.WithoutUnmatched(proposals, count, tokens) : (proposals, count);
    }

    // The matches as a matrix of 0 and 1, times all maps, divided by the number of matches.
    private float[] First(float[] maps, int[] anchors, int tokens, CancellationToken cancellationToken)
    {
        float[] matches = Buffers.Get("matches", anchors.Length * tokens);
        FirstDistances(maps, anchors, tokens, matches, cancellationToken);
        float[] sums = new float[anchors.Length * tokens];
        for (int i = 0; i < anchors.Length * tokens; i++)
        {
            matches[i] = matches[i] < Settings.KlThresholds[0] ? 1 : 0;
        }

        _merge ??= new MatrixProducts(Settings.Threads, new Product(anchors.Length, tokens, tokens));
        using (MatrixProducts.Binding product = _merge.Bind((matches, maps, sums)))
        {
            product.Run();
        }

        for (int anchor = 0; anchor < anchors.Length; anchor++)
        {
            // 0 / 0 where an anchor matches nothing: NaN, which matches nothing later on.
            Span<float> row = sums.AsSpan(anchor * tokens, tokens);
            TensorPrimitives.Divide(row, TensorPrimitives.Sum<float>(matches.AsSpan(anchor * tokens, tokens)), row);
        }

        return sums;
    }

    private (float[] Proposals, int Count) Later(float[] proposals, int count, int tokens, float threshold)
    {
        Func<int, float[]> distances = LaterDistances(proposals, count, tokens);
        bool[] matched = new bool[count];
        List<float[]> next = [];
        for (int i = 0; i < count; i++)
        {
            if (matched[i])
            {
                continue;
            }

            float[] row = distances(i);
            int[] near = [.. Enumerable.Range(0, count).Where(other => row[other] < threshold)];
            if (near.Length > 0)
            {
                Array.ForEach(near, other => matched[other] = true);
                next.Add(PlainMean.Of(proposals, near, tokens));
            }
        }

        return ([.. next.SelectMany(map => map)], next.Count);
    }
}

/// <summary>What a formulation computes.</summary>
/// <param name="AnchorsPerSide">Anchors per side.</param>
/// <param name="KlThresholds">One per iteration.</param>
/// <param name="OutputHeight">Rows of the mask.</param>
/// <param name="OutputWidth">Columns of the mask.</param>
/// <param name="Weights">One per resolution, used as given; null for the side's share.</param>
/// <param name="Threads">Threads.</param>
internal sealed record FormulationSettings(
    int AnchorsPerSide,
    IReadOnlyList<float> KlThresholds,
    int OutputHeight,
    int OutputWidth,
    IReadOnlyList<float>? Weights,
    int Threads);
