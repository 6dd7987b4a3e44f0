using DiffSeg.Cli.Evaluating.Pictures;
using DiffSeg.Evaluation;

namespace DiffSeg.Cli.Evaluating.Running;

/// <summary>The ground truth of one image at the sizes that are compared at, each made when it is needed.</summary>
/// <param name="original">The label maps of the annotators, of the picture's size.</param>
/// <param name="compared">What of each picture is compared.</param>
internal sealed class TruthSizes(IReadOnlyList<LabelMap> original, ComparedSize compared)
{
    private readonly Dictionary<int, IReadOnlyList<LabelMap>> _made = [];

    /// <summary>The ground truth.</summary>
    /// <param name="size">The side; null for the picture's own size.</param>
    public IReadOnlyList<LabelMap> At(int? size)
    {
        if (!_made.TryGetValue(size ?? 0, out IReadOnlyList<LabelMap>? maps))
        {
            _made[size ?? 0] = maps = [.. original.Select(compared.Geometry(size).Apply)];
        }

        return maps;
    }

    /// <summary>How many classes or segments there are, the mean over annotators rounded; at least 1.</summary>
    /// <param name="size">The side; null for the picture's own size.</param>
    public int Count(int? size) => Math.Max(1, (int)Math.Round(At(size).Average(map => map.PresentClasses().Count)));
}
