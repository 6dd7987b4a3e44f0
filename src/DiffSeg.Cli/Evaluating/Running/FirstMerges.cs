using DiffSeg.Cli.Evaluating.Planning;

namespace DiffSeg.Cli.Evaluating.Running;

/// <summary>
/// DiffSeg's first iterations on one attention map. It is most of the work, and settings that differ only in what comes
/// after it (iterations, the size of the mask) have the same one: it is done once for all of them.
/// </summary>
/// <param name="methods">Makes segmenters.</param>
/// <param name="attention">The map; not kept longer than the caller does.</param>
/// <param name="runs">All runs on the map.</param>
/// <param name="clock">Measures.</param>
internal sealed class FirstMerges(MethodFactory methods, AggregatedAttention attention, IEnumerable<PlannedRun> runs, TimeProvider clock)
{
    private readonly Dictionary<(float, int), (ProposalSet Maps, TimeSpan Time)> _made = [];

    private readonly HashSet<(float, int)> _shared =
    [
        .. runs.Select(run => run.Setting).Where(CanGoOn).GroupBy(Of).Where(group => group.Count() > 1).Select(group => group.Key),
    ];

    /// <summary>Segments, if another run has the same first iteration.</summary>
    /// <param name="setting">The run's setting.</param>
    /// <param name="grid">The mask to make.</param>
    /// <param name="earlier">What the first iteration took, where it was done for an earlier run.</param>
    /// <returns>The mask, the same as from scratch; null where nothing is shared.</returns>
    public Segmentation? Segment(EvalSetting setting, MaskGrid grid, out TimeSpan earlier)
    {
        earlier = TimeSpan.Zero;
        if (!CanGoOn(setting) || !_shared.Contains(Of(setting)))
        {
            return null;
        }

        if (_made.TryGetValue(Of(setting), out (ProposalSet Maps, TimeSpan Time) merged))
        {
            earlier = merged.Time;
        }
        else
        {
            long begin = clock.GetTimestamp();

            // Its mask is of no use: a single pixel.
            Segmentation first = methods.DiffSeg(setting, iterations: 1).Segment(attention, MaskGrid.Whole(attention, 1, 1));
            _made[Of(setting)] = merged = (first.Proposals, clock.GetElapsedTime(begin));
        }

        return methods.DiffSeg(setting).SegmentMerged(merged.Maps.Values, merged.Maps.Height, merged.Maps.Width, grid);
    }

    // Maps that matched nothing are not among the proposals of a single iteration, and drop out of the second in any case.
    private static bool CanGoOn(EvalSetting setting) => setting is { Method: MethodKind.DiffSeg, Iterations: > 1, Refine: false };

    private static (float Threshold, int Anchors) Of(EvalSetting setting) => (setting.KlThreshold, setting.Anchors);
}
