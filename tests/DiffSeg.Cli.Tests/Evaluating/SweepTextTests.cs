using DiffSeg.Cli.Evaluating.Asking;
using DiffSeg.Cli.Evaluating.Planning;

namespace DiffSeg.Cli.Tests.Evaluating;

public class SweepTextTests
{
    [Theory]
    [InlineData("threshold=0.7:1.3:0.1", "0.7 0.8 0.9 1 1.1 1.2 1.3")]
    [InlineData("threshold=0.9", "0.9")]
    [InlineData("THRESHOLD=0.5,0.9:1.1:0.1,0.9", "0.5 0.9 1 1.1")]
    [InlineData("anchors=8,16", "8 16")]
    [InlineData("iterations=1:6:2", "1 3 5")]
    [InlineData("weights=proportional,64,8", "proportional|only 64|only 8")]
    [InlineData("refine=on,off", "on off")]
    [InlineData("resolution=256:512:128", "256 384 512")]
    public void Values_are_single_ones_and_ranges_with_both_ends(string text, string labels)
    {
        SweepRequest sweep = SweepText.Parse(text, out string? error)!;

        Assert.Null(error);
        Assert.Equal(labels.Split(labels.Contains('|') ? '|' : ' '), sweep.Values!.Select(value => sweep.Axis.Label(value)));
    }

    [Theory]
    [InlineData("threshold=")]
    [InlineData("threshold=0")]
    [InlineData("threshold=-1")]
    [InlineData("threshold=0.7:1.3")]
    [InlineData("threshold=0.7:1.3:0")]
    [InlineData("threshold=0.7:1.3:0.001")]
    [InlineData("threshold=1e3")]
    [InlineData("anchors=1")]
    [InlineData("anchors=8.5")]
    [InlineData("iterations=0")]
    [InlineData("refine=1")]
    [InlineData("weights=none")]
    [InlineData("resolution=8")]
    [InlineData("time=1")]
    [InlineData("")]
    public void Others_are_refused(string text)
    {
        Assert.Null(SweepText.Parse(text, out string? error));
        Assert.StartsWith("--sweep ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("threshold", "0.8 0.9 1 1.1 1.2 1.3 1.4")]
    [InlineData("anchors", "4 8 16 32")]
    [InlineData("iterations", "1 2 3 4 5")]
    [InlineData("weights", "proportional|only 64|only 32|only 16|only 8")]
    [InlineData("refine", "off on")]
    [InlineData("resolution", "256 320 512")]
    public void Usual_values_are_about_the_default(string text, string labels)
    {
        SweepAxis axis = SweepText.Parse(text, out _)!.Axis;
        var main = new EvalSetting { Method = MethodKind.DiffSeg, KlThreshold = 1.1f, Size = 512 };

        IReadOnlyList<decimal> values = axis.UsualValues(main, [64, 32, 16, 8]);

        Assert.Equal(labels.Split(labels.Contains('|') ? '|' : ' '), values.Select(value => axis.Label(value)));
        Assert.Single(values, value => main.With(axis, value).Key == main.Key);
    }

    [Theory]
    [InlineData("all", 7)]
    [InlineData("dbscan,diffseg", 2)]
    [InlineData("KMeans-C", 1)]
    public void Methods_are_in_the_order_of_the_report(string text, int count)
    {
        IReadOnlyList<MethodKind> methods = MethodText.Parse([text], out string? error);

        Assert.Null(error);
        Assert.Equal(count, methods.Count);
        Assert.Equal(methods.Order(), methods);
    }
}
