using DiffSeg.Baselines;
using DiffSeg.Cli.Evaluating.Planning;

namespace DiffSeg.Cli.Evaluating.Running;

/// <summary>Makes the methods. Those of one evaluation share their memory as far as they can.</summary>
/// <param name="degree">Threads at most; -1 for all cores.</param>
internal sealed class MethodFactory(int degree)
{
    private readonly DiffSegSegmenter _diffSeg = new();
    private readonly Dictionary<string, ISegmentationMethod> _made = [];

    /// <summary>The method of a setting; the same one each time.</summary>
    /// <param name="setting">The setting.</param>
    public ISegmentationMethod Of(EvalSetting setting)
    {
        if (!_made.TryGetValue(setting.Key, out ISegmentationMethod? method))
        {
            _made[setting.Key] = method = Make(setting);
        }

        return method;
    }

    /// <summary>DiffSeg with the setting of a run.</summary>
    /// <param name="setting">The setting.</param>
    /// <param name="iterations">Iterations in place of the setting's; null for those.</param>
    public DiffSegSegmenter DiffSeg(EvalSetting setting, int? iterations = null) =>
        _diffSeg.With(Options(setting) with { Iterations = iterations ?? setting.Iterations });

    private ISegmentationMethod Make(EvalSetting setting)
    {
        DiffSegOptions options = Options(setting);
        return setting.Method switch
        {
            MethodKind.DiffSeg => new SharedDiffSeg(DiffSeg(setting)),
            MethodKind.KMeansConstant => new KMeansMethod(KMeansMethod.PaperClusters, options),
            MethodKind.KMeansTruth or MethodKind.KMeansEqual => new KMeansMethod(null, options),
            MethodKind.Dbscan => new DbscanMethod(null, options),
            MethodKind.OneSegment => new OneSegmentMethod(),
            _ => new ColourPositionMethod(null, options),
        };
    }

    private DiffSegOptions Options(EvalSetting setting) => new()
    {
        KlThreshold = setting.KlThreshold,
        AnchorsPerSide = setting.Anchors,
        Iterations = setting.Iterations,
        Refine = setting.Refine,
        MaxDegreeOfParallelism = degree,
    };
}
