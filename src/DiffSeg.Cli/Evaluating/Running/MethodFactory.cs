using DiffSeg.Baselines;
using DiffSeg.Cli.Evaluating.Planning;

namespace DiffSeg.Cli.Evaluating.Running;

/// <summary>Makes DiffSeg's settings, and the methods that it is compared with.</summary>
/// <param name="degree">Threads at most; -1 for all cores.</param>
internal sealed class MethodFactory(int degree)
{
    private readonly Dictionary<string, ISegmentationMethod> _made = [];

    /// <summary>The method of a setting other than DiffSeg's; the same one each time.</summary>
    /// <param name="setting">The setting.</param>
    public ISegmentationMethod Of(EvalSetting setting)
    {
        if (!_made.TryGetValue(setting.Key, out ISegmentationMethod? method))
        {
            _made[setting.Key] = method = Make(setting);
        }

        return method;
    }

    /// <summary>DiffSeg's options with the setting of a run.</summary>
    /// <param name="setting">The setting.</param>
    public DiffSegOptions Options(EvalSetting setting) => new()
    {
        KlThreshold = setting.KlThreshold,
        AnchorsPerSide = setting.Anchors,
        Iterations = setting.Iterations,
        Refine = setting.Refine,
        MaxDegreeOfParallelism = degree,
    };

    private ISegmentationMethod Make(EvalSetting setting)
    {
        DiffSegOptions options = Options(setting);
        return setting.Method switch
        {
            MethodKind.KMeansConstant => new KMeansMethod(KMeansMethod.PaperClusters, options),
            MethodKind.KMeansTruth or MethodKind.KMeansEqual => new KMeansMethod(null, options),
            MethodKind.Dbscan => new DbscanMethod(null, options),
            MethodKind.OneSegment => new OneSegmentMethod(),
            MethodKind.ColourPosition => new ColourPositionMethod(null, options),
            _ => throw new ArgumentOutOfRangeException(nameof(setting), setting.Method, "DiffSeg is asked of the picture's session."),
        };
    }
}
