using DiffSeg.Cli.Benchmarking.Inputs;

namespace DiffSeg.Cli.Benchmarking.Measuring;

/// <summary>What each stage has to do in its plain form: the yardstick of its time.</summary>
/// <param name="input">The attention.</param>
/// <param name="settings">What is computed.</param>
/// <param name="mask">What came out.</param>
internal sealed class StageWork(AttentionInput input, BenchSettings settings, Segmentation mask)
{
    private readonly double _tokens = input.Finest.Tokens;
    private readonly double _anchors = Math.Pow(settings.AnchorsPerSideOf(input), 2);
    private readonly double _proposals = mask.Proposals.Count;
    private readonly double _pixels = mask.Labels.Length;

    /// <summary>Bytes that a stage must at least read and write: its inputs and its results once.</summary>
    /// <param name="stage">One of <see cref="StageClock.Stages"/>.</param>
    public double Bytes(string stage) => stage switch
    {
        "aggregation" => input.Bytes + Maps(_tokens),
        "first merge" => Maps(_tokens) + Maps(_anchors),
        "later merges" => Maps(_anchors) + Maps(_proposals),
        "refinement" => Maps(_tokens) + Maps(2 * _proposals),
        "masks" => Maps(_proposals) + (_pixels * sizeof(ushort)),
        _ => 2 * _pixels * sizeof(ushort),
    };

    /// <summary>Additions and multiplications of a stage: two products for distances, and four per pixel and proposal for masks.</summary>
    /// <param name="stage">One of <see cref="StageClock.Stages"/>.</param>
    public double Operations(string stage) => stage switch
    {
        "first merge" => 4 * _anchors * _tokens * _tokens,
        "later merges" => 4 * _proposals * _anchors * _tokens,
        "masks" => 4 * _proposals * _pixels,
        _ => 0,
    };

    private double Maps(double count) => count * _tokens * sizeof(float);
}
