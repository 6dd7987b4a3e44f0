using System.Globalization;

namespace DiffSeg.Cli.Evaluating.Planning;

/// <summary>What is known about each axis of a sweep.</summary>
internal static class SweepFacts
{
    private const int LargestSide = 4096;

    /// <summary>All axes, with the word of the command line for each.</summary>
    public static IReadOnlyList<(string Word, SweepAxis Axis)> Words { get; } =
    [
        ("threshold", SweepAxis.Threshold),
        ("weights", SweepAxis.Weights),
        ("anchors", SweepAxis.Anchors),
        ("iterations", SweepAxis.Iterations),
        ("refine", SweepAxis.Refine),
        ("resolution", SweepAxis.Resolution),
    ];

    /// <summary>The word of the command line.</summary>
    /// <param name="axis">The axis.</param>
    public static string Word(this SweepAxis axis) => Words.First(pair => pair.Axis == axis).Word;

    /// <summary>The setting's name in the report.</summary>
    /// <param name="axis">The axis.</param>
    public static string Title(this SweepAxis axis) => axis switch
    {
        SweepAxis.Weights => "Aggregation weights",
        SweepAxis.Threshold => "KL threshold",
        SweepAxis.Anchors => "Anchors per side",
        SweepAxis.Iterations => "Iterations",
        SweepAxis.Refine => "Refinement",
        _ => "Resolution",
    };

    /// <summary>What a value can be, after "takes".</summary>
    /// <param name="axis">The axis.</param>
    public static string Hint(this SweepAxis axis) => axis switch
    {
        SweepAxis.Weights => "proportional or the side of a resolution of the model, such as weights=proportional,64,32",
        SweepAxis.Threshold => "numbers above 0, such as threshold=0.7:1.3:0.1 or threshold=0.9,1.1",
        SweepAxis.Anchors => "whole numbers from 2, such as anchors=8,16,32",
        SweepAxis.Iterations => "whole numbers from 1 to 100, such as iterations=1:5:1",
        SweepAxis.Refine => "off and on",
        _ => $"sides in pixels from 16 to {LargestSide}, such as resolution=256,320,512",
    };

    /// <summary>Whether the axis has such a value.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="value">The value.</param>
    public static bool Allows(this SweepAxis axis, decimal value) => axis switch
    {
        SweepAxis.Weights => value == 0 || (Whole(value) && value is >= 1 and <= LargestSide),
        SweepAxis.Threshold => value is > 0 and <= 1000,
        SweepAxis.Anchors => Whole(value) && value is >= 2 and <= 1024,
        SweepAxis.Iterations => Whole(value) && value is >= 1 and <= 100,
        SweepAxis.Refine => value is 0 or 1,
        _ => Whole(value) && value is >= 16 and <= LargestSide,
    };

    /// <summary>A value as text: "0.9", "only 64", "on".</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="value">The value.</param>
    public static string Label(this SweepAxis axis, decimal value) => axis switch
    {
        SweepAxis.Weights => (value == 0 ? Weighting.Proportional : new Weighting((int)value)).Text,
        SweepAxis.Refine => value == 0 ? "off" : "on",
        _ => value.ToString("0.######", CultureInfo.InvariantCulture),
    };

    /// <summary>The values where none are given; the default setting's is always among them.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="main">The default setting.</param>
    /// <param name="sides">The sides of the model's resolutions, finest first.</param>
    public static IReadOnlyList<decimal> UsualValues(this SweepAxis axis, EvalSetting main, IReadOnlyList<int> sides) => axis switch
    {
        SweepAxis.Weights => [0, .. sides.Select(side => (decimal)side)],
        SweepAxis.Threshold => [.. Enumerable.Range(-3, 7).Select(step => (decimal)main.KlThreshold + (0.1m * step)).Where(value => value > 0)],
        SweepAxis.Anchors => [.. new[] { 4, 8, main.Anchors, 32 }.Where(count => count <= sides[0]).Distinct().Order()],
        SweepAxis.Iterations => [.. new[] { 1, 2, 3, 4, 5, main.Iterations }.Distinct().Order()],
        SweepAxis.Refine => [0, 1],
        _ => [.. new[] { 256, 320, 512, main.Size ?? 512 }.Distinct().Order()],
    };

    private static bool Whole(decimal value) => decimal.Truncate(value) == value;
}
