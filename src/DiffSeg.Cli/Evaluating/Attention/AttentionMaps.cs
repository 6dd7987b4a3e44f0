using DiffSeg.Cli.Evaluating.Pictures;
using DiffSeg.Cli.Evaluating.Planning;

namespace DiffSeg.Cli.Evaluating.Attention;

/// <summary>Aggregates the attention of picture after picture with any weights.</summary>
/// <remarks>
/// The published weights serve most settings: their aggregator keeps its memory from picture to picture. That of any other
/// weights goes when its map is done, so that there is one aggregated map at a time.
/// </remarks>
/// <param name="shapes">The shapes of the model's attention.</param>
/// <param name="degree">Threads at most; -1 for all cores.</param>
internal sealed class AttentionMaps(IReadOnlyList<AttentionShape> shapes, int degree)
{
    private readonly AttentionAggregator _usual = new(shapes, Options(Weighting.Proportional, shapes, degree));

    // Coarse ones first: the last of the finest then goes straight into the result.
    private readonly int[] _order = [.. Enumerable.Range(0, shapes.Count).OrderBy(i => shapes[i].Tokens)];

    /// <summary>Rows of the map over the model's whole input.</summary>
    public int Height => _usual.Height;

    /// <summary>Columns of the map over the model's whole input.</summary>
    public int Width => _usual.Width;

    /// <summary>The aggregated attention of a picture; to be disposed.</summary>
    /// <param name="attention">The attention.</param>
    /// <param name="placement">Where the model saw the picture.</param>
    /// <param name="weighting">The weights.</param>
    /// <exception cref="AttentionException">The model gave no attention.</exception>
    public AggregatedAttention Aggregate(AttentionSlot attention, PicturePlacement placement, Weighting weighting)
    {
        AttentionAggregator aggregator = weighting == Weighting.Proportional
            ? _usual
            : new AttentionAggregator(shapes, Options(weighting, shapes, degree));

        // The picture before may have failed half-way.
        aggregator.Reset();
        aggregator.Window = placement.Window(Height, Width);
        foreach (int tensor in _order)
        {
            aggregator.Add(tensor, attention.Read(tensor));
        }

        return aggregator.Aggregate();
    }

    private static AggregationOptions Options(Weighting weighting, IReadOnlyList<AttentionShape> shapes, int degree) =>
        new() { Weights = weighting.For(shapes), MaxDegreeOfParallelism = degree };
}
