using DiffSeg.Onnx.Graphs;
using ElementType = DiffSeg.Onnx.Format.TensorProto.Types.ElementType;

namespace DiffSeg.Onnx.Merging;

/// <summary>
/// Appends the first iteration of the merging to a graph (Tian et al., CVPR 2024, section 3.3): each anchor becomes the
/// mean of all maps whose distance to it is below the threshold.
/// </summary>
/// <remarks>
/// With H(x) = sum x ln x, twice the distance of x and y is H(x) + H(y) - x · ln y - y · ln x: two products of the maps
/// with the anchors. They are taken in double precision: off by at most 3e-14 on the goldens, so that a pair is decided as
/// by the accurate sum of DiffSeg's own merging. In single precision it is 2e-5, with logarithms and values centred per
/// token 9e-6, and on a GPU, where ONNX Runtime by default multiplies float32 with a mantissa of 10 bits, far more.
/// </remarks>
internal sealed class FirstMergeGraph
{
    /// <summary>Values below the smallest positive normal number count as this, as in DiffSeg's own merging.</summary>
    private const float Smallest = 1.17549435e-38f;

    /// <summary>
    /// Values of the maps that are compared at a time: 16 MiB in double precision, and as much for their logarithms.
    /// </summary>
    private const int BlockLength = 1 << 21;

    private readonly GraphBuilder _graph;
    private readonly Value _maps;
    private readonly ZeroAttention _zeros;
    private readonly Value _limit;
    private readonly Compared _anchors;

    private FirstMergeGraph(Value maps, IReadOnlyList<int> anchors, Value threshold, ZeroAttention zeros)
    {
        _graph = maps.Graph;
        _maps = maps;
        _zeros = zeros;

        // A map's distance to itself may be rounded to just below 0: -1 keeps a threshold of 0 from matching it.
        _limit = threshold.IsPositive().Where(threshold + threshold, _graph.Scalar(-1)).CastTo(ElementType.Double);
        _anchors = Prepare(maps.Gather(_graph.Integers("anchors", [.. anchors.Select(a => (long)a)]))).Transposed();
    }

    /// <summary>Appends it.</summary>
    /// <param name="maps">The aggregated attention, float32 [tokens, tokens].</param>
    /// <param name="tokens">Number of maps, and of values in each.</param>
    /// <param name="anchors">Index of each anchor's map.</param>
    /// <param name="threshold">The KL threshold, float32 [1]; one of 0 or below matches nothing.</param>
    /// <param name="zeros">What an exact 0 in a map does.</param>
    /// <returns>The merged maps, float32 [anchors, tokens]; NaN for an anchor that matches nothing.</returns>
    public static Value Append(
        Value maps, int tokens, IReadOnlyList<int> anchors, Value threshold, ZeroAttention zeros)
    {
        var merge = new FirstMergeGraph(maps, anchors, threshold, zeros);
        int rows = Math.Max(1, BlockLength / tokens);

        // The sums stand behind the blocks, and the blocks from the last to the first: ONNX Runtime computes first what
        // leads to the input that stands last in the file, so each block is summed up and freed before the next.
        (Value Sums, Value Counts)[] blocks =
            [.. Enumerable.Range(0, (tokens + rows - 1) / rows).Reverse().Select(i => merge.Block(i * rows, Math.Min(tokens, (i + 1) * rows)))];
        var (sums, counts) = blocks.AsEnumerable().Reverse().Aggregate((a, b) => (a.Sums + b.Sums, a.Counts + b.Counts));

        // No match: 0 / 0, NaN.
        return (sums / counts).CastTo(ElementType.Float);
    }

    /// <summary>For each anchor the sum of those of some maps that match it, and their number.</summary>
    private (Value Sums, Value Counts) Block(int from, int to)
    {
        Compared maps = Prepare(_maps.Slice(_graph.Index(from), _graph.Index(to), _graph.Index(0)));
        Value cross = maps.Logs.MatMul(_anchors.Values) + maps.Values.MatMul(_anchors.Logs);
        Value matches = (maps.Entropy + _anchors.Entropy - cross).IsLess(_limit);
        if (maps.Present is { } present)
        {
            matches = matches.And(present).And(_anchors.Present!.Value);
        }

        Value weights = matches.CastTo(ElementType.Double).Transpose();
        return (weights.MatMul(maps.Exact), weights.Sum(_graph.Index(-1)));
    }

    private Compared Prepare(Value maps)
    {
        Value exact = maps.CastTo(ElementType.Double);
        Value values = maps.AtLeast(Smallest).CastTo(ElementType.Double);
        Value logs = values.Log();
        Value? present = _zeros == ZeroAttention.MatchesNothing ? maps.Min(-1).IsPositive() : null;
        return new Compared(exact, values, logs, (values * logs).Sum(_graph.Index(-1)), present);
    }

    /// <summary>Maps ready to be compared; all but the last two are of their shape, in double precision.</summary>
    /// <param name="Exact">The maps.</param>
    /// <param name="Values">The maps, with nothing below the smallest normal number.</param>
    /// <param name="Logs">Their logarithms.</param>
    /// <param name="Entropy">sum x ln x of each.</param>
    /// <param name="Present">Whether each takes part; null when all do.</param>
    private readonly record struct Compared(Value Exact, Value Values, Value Logs, Value Entropy, Value? Present)
    {
        public Compared Transposed() =>
            new(Exact, Values.Transpose(), Logs.Transpose(), Entropy.Transpose(), Present?.Transpose());
    }
}
