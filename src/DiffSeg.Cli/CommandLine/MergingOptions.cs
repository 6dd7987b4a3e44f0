using System.CommandLine;

namespace DiffSeg.Cli.CommandLine;

/// <summary>The settings of the merging, which every command that segments has.</summary>
/// <param name="klThreshold">What the help says of the threshold; the commands differ in its default.</param>
internal sealed class MergingOptions(string klThreshold)
{
    private readonly Option<float?> _klThreshold = new("--kl-threshold")
    {
        Description = klThreshold,
        HelpName = "NUMBER",
        CustomParser = Values.Positive("a number above 0, usually 0.7 to 1.4"),
    };

    private readonly Option<int> _anchors = new("--anchors")
    {
        Description = "Anchor points per side, from which segments grow. More finds smaller things and takes longer.",
        HelpName = "N",
        CustomParser = Values.Whole(2, 1024, "a whole number from 2 to the side of the model's attention (64 for most)"),
        DefaultValueFactory = _ => 16,
    };

    private readonly Option<int> _iterations = new("--iterations")
    {
        Description = "Rounds of merging.",
        HelpName = "N",
        CustomParser = Values.Whole(1, 100, "a whole number from 1 to 100"),
        DefaultValueFactory = _ => 3,
    };

    private readonly Option<bool> _refine = new("--refine")
    {
        Description = "Refine the segments by k-means over the attention of every position.",
    };

    /// <summary>All of them, in the order of the help.</summary>
    public IEnumerable<Option> All => [_klThreshold, _anchors, _iterations, _refine];

    /// <summary>What was given.</summary>
    /// <param name="result">The parsed command line.</param>
    /// <returns>The threshold is null where none was given.</returns>
    public (float? KlThreshold, int Anchors, int Iterations, bool Refine) Read(ParseResult result) => (
        result.GetValue(_klThreshold), result.GetValue(_anchors), result.GetValue(_iterations), result.GetValue(_refine));
}
