using System.Numerics.Tensors;
using DiffSeg.Pictures;

namespace DiffSeg.Points;

/// <summary>
/// Segments under points, for one picture: in the spirit of M2N2 (Karmann and Urfalioglu, "Repurposing Stable Diffusion
/// Attention for Training-Free Unsupervised Interactive Segmentation", CVPR 2025). Keeps what it has worked out for the next
/// click; for one thread at a time.
/// </summary>
/// <param name="attention">The picture's attention.</param>
/// <param name="degree">Threads at most; -1 for all cores.</param>
internal sealed class PointSegmenter(AggregatedAttention attention, int degree)
{
    /// <summary>Markov maps that are kept, 16 KiB each at 64 x 64 tokens.</summary>
    private const int MostMaps = 256;

    private readonly Dictionary<(int Token, float Share, int MaxSteps), float[]> _maps = [];
    private BalancedAttention? _balanced;

    /// <summary>The segment under some points.</summary>
    /// <param name="points">The points, at least one of the foreground.</param>
    /// <param name="spots">Where they lie on the attention map.</param>
    /// <param name="grid">The mask.</param>
    /// <param name="options">The settings.</param>
    /// <param name="picture">The picture, where there is one.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    public PointSegment Segment(
        IReadOnlyList<PointPrompt> points, IReadOnlyList<TokenSpot> spots, MaskGrid grid, PointOptions options,
        Picture? picture, CancellationToken cancellationToken)
    {
        (int height, int width) = (attention.Height, attention.Width);
        int[] tokens = [.. spots.Select(spot => spot.Nearest(width))];
        float[] limits = new float[points.Count];
        PointDistance[] distances = new PointDistance[points.Count];
        float[] least = new float[attention.Tokens];
        Array.Fill(least, options.MaxSteps);
        for (int i = 0; i < points.Count; i++)
        {
            float[] map = MapOf(tokens[i], options, cancellationToken);
            var flood = FloodedMap.Create(map, height, width, tokens[i]);
            HashSet<int> others = [.. tokens.Where((_, k) => points[k].Foreground != points[i].Foreground)];
            limits[i] = options.Steps ?? ClearestOutline.Choose(flood, map, height, width, others);
            distances[i] = new PointDistance(
                points[i], options.Connected ? flood.Values : map, limits[i], height, width, grid);
            if (points[i].Foreground)
            {
                TensorPrimitives.Min<float>(least, map, least);
            }
        }

        ushort[] labels = PointMask.Create(distances, grid, options.Connected, degree, cancellationToken);
        Segment segment = SegmentTable.Measure(labels, grid.OutputHeight, grid.OutputWidth).Single(s => s.Label == 1);
        PointPrompt first = points.First(point => point.Foreground);
        return new PointSegment(
            labels, segment, grid, points, limits,
            new AttentionMap(least, height, width, grid, picture) { Point = (first.X, first.Y) });
    }

    private float[] MapOf(int token, PointOptions options, CancellationToken cancellationToken)
    {
        (int, float, int) key = (token, options.ReachShare, options.MaxSteps);
        if (!_maps.TryGetValue(key, out float[]? map))
        {
            _balanced ??= new BalancedAttention(attention, degree, cancellationToken);
            map = MarkovMap.Create(_balanced, token, options.ReachShare, options.MaxSteps, degree, cancellationToken);
            if (_maps.Count == MostMaps)
            {
                _maps.Clear();
            }

            _maps.Add(key, map);
        }

        return map;
    }
}
