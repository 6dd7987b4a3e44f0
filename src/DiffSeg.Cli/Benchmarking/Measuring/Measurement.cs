using System.Diagnostics;
using DiffSeg.Cli.Benchmarking.Inputs;
using DiffSeg.Cli.Benchmarking.Machine;
using DiffSeg.Cli.Benchmarking.Oracles;
using DiffSeg.Cli.Benchmarking.Products;
using DiffSeg.Cli.Benchmarking.Results;

namespace DiffSeg.Cli.Benchmarking.Measuring;

/// <summary>
/// Measures this library, the dense products and the plain formulations on one input: in turns, so that whatever else the
/// machine does meets all of them alike. Ratios are taken within a turn, then the median over turns.
/// </summary>
/// <param name="input">The attention.</param>
/// <param name="settings">What to compute.</param>
/// <param name="threads">Threads.</param>
/// <param name="rounds">Turns that count, after one that does not.</param>
internal sealed class Measurement(AttentionInput input, BenchSettings settings, int threads, int rounds)
{
    private readonly List<Turn> _turns = [];
    private readonly List<double> _copies = [];
    private double _operations;

    /// <summary>Measures.</summary>
    /// <param name="withPublished">Whether the published formulation has its turn, one, at the end: it takes seconds.</param>
    /// <param name="cancellationToken">Stops between two turns.</param>
    public BenchResult Run(bool withPublished, CancellationToken cancellationToken)
    {
        var contestant = new Contestant(input, settings, threads);
        long peak = PeakMemory.Above(() => contestant.Run());
        Segmentation mask = contestant.Run();
        long allocated = Allocated(contestant);
        int[] proposals = Contestant.ProposalsOf(mask);
        int unlikeTwoProducts = TakeTurns(contestant, proposals, cancellationToken);
        (double Milliseconds, int Unlike)? published = null, fused = null;
        if (withPublished)
        {
            fused = Published(fused: true, proposals, cancellationToken);
            published = Published(fused: false, proposals, cancellationToken);
        }

        return new BenchResult
        {
            Input = input.Name,
            IsPicture = input.IsPicture,
            Threads = threads,
            Side = Math.Max(input.Finest.Height, input.Finest.Width),
            Segments = mask.SegmentCount,
            Whole = Of(turn => turn.Whole),
            FromAggregate = Of(turn => turn.FromAggregate),
            DenseProducts = Of(turn => turn.Dense),
            TwoProducts = Of(turn => turn.TwoProducts),
            Published = Single(published?.Milliseconds),
            PublishedFused = Single(fused?.Milliseconds),
            RatioToDenseProducts = Of(turn => turn.Whole / turn.Dense),
            RatioFromAggregate = Of(turn => turn.FromAggregate / turn.Dense),
            SpeedupOverTwoProducts = Of(turn => turn.TwoProducts / turn.Whole),
            SpeedupOverPublished = Single(published?.Milliseconds / Of(turn => turn.Whole).Median),
            SpeedupOverPublishedFused = Single(fused?.Milliseconds / Of(turn => turn.Whole).Median),
            PeakBytesAboveInputs = peak,
            AllocatedBytesPerImage = allocated,
            ResultBytes = (mask.Labels.Length * sizeof(ushort)) + (mask.Proposals.Values.Length * sizeof(float)),
            PixelsUnlikeTwoProducts = unlikeTwoProducts,
            PixelsUnlikePublished = published?.Unlike,
            CopyBandwidth = Samples.Of(_copies),
            ProductRate = Of(turn => 1000 * _operations / turn.Dense),
            Stages = Stages(mask),
        };
    }

    private static long Allocated(Contestant contestant)
    {
        contestant.Run();
        long before = GC.GetTotalAllocatedBytes(precise: true);
        contestant.Run();
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }

    // Returns the pixels in which the two-product formulation differs.
    private int TakeTurns(Contestant contestant, int[] proposals, CancellationToken cancellationToken)
    {
        int anchors = settings.AnchorsPerSideOf(input) * settings.AnchorsPerSideOf(input);
        using var dense = new DenseProducts(anchors, input.Finest.Tokens, threads);
        using var twoProducts = new TwoProductFormulation(settings.Plain(input, threads));
        var copy = new CopyBandwidth(threads);
        int[]? labels = null;
        _operations = dense.Operations;
        for (int round = 0; round <= rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double plain = Time(() => labels = twoProducts.Run(input, cancellationToken));
            double products = Time(dense.Run);
            var clock = new StageClock();
            double whole = Time(() => contestant.Run(clock));
            double bandwidth = copy.Measure();
            if (round > 0)
            {
                _turns.Add(new Turn(whole, products, plain, clock));
                _copies.Add(bandwidth);
            }
        }

        return Unlike(proposals, labels);
    }

    private (double Milliseconds, int Unlike) Published(
        bool fused, int[] proposals, CancellationToken cancellationToken)
    {
        using var published = new PublishedFormulation(settings.Plain(input, threads), fused);
        int[]? labels = null;
        double milliseconds = Time(() => labels = published.Run(input, cancellationToken));
        return (milliseconds, Unlike(proposals, labels));
    }

    private IReadOnlyList<StageResult> Stages(Segmentation mask)
    {
        double copy = Samples.Of(_copies).Median, rate = Of(turn => 1000 * _operations / turn.Dense).Median;
        var work = new StageWork(input, settings, mask);
        return
        [
            .. StageClock.Stages.Where(stage => _turns.Exists(turn => turn.Clock[stage] > 0)).Select(stage =>
            {
                Samples time = Of(turn => turn.Clock[stage]);
                double bytes = work.Bytes(stage), operations = work.Operations(stage), seconds = time.Median / 1000;
                return new StageResult(stage, time, bytes, operations, bytes / seconds / copy, operations / seconds / rate);
            }),
        ];
    }

    private Samples Of(Func<Turn, double> value) => Samples.Of(_turns.Select(value));

    private static Samples? Single(double? value) => value is { } one ? Samples.Of([one]) : null;

    private static double Time(Action action)
    {
        long begin = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
    }

    private static int Unlike(int[] proposals, int[]? labels) =>
        labels is null ? proposals.Length : proposals.Zip(labels).Count(pair => pair.First != pair.Second);

    // One turn of everyone; milliseconds.
    private sealed record Turn(double Whole, double Dense, double TwoProducts, StageClock Clock)
    {
        public double FromAggregate => Clock.Total - Clock["aggregation"];
    }
}
