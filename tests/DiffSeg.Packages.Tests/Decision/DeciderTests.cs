using DiffSeg.Offline;

namespace DiffSeg.Packages.Tests.Decision;

public class DeciderTests
{
    private static readonly Answer Found = new(0, "");
    private static readonly Answer Missing = new(1, "p : error NU1101: Unable to find package Microsoft.ML.OnnxRuntime.Gpu. No packages exist");
    private static readonly Answer Unreachable = new(1, "p : error NU1301: Unable to load the service index");
    private static readonly Answer Unclear = new(1, "p : error NU9999: never seen");

    private static Wish Wish(string mode) => Offline.Wish.Parse(
        $"mode={mode} onnxruntime=Gpu cuda=no Microsoft.ML=5.0.0 Microsoft.ML.ImageAnalytics=5.0.0 " +
        "Microsoft.ML.OnnxTransformer=5.0.0 Microsoft.ML.OnnxRuntime.Gpu=1.29.0");

    [Fact]
    public void Automatic_takes_what_the_sources_have_and_makes_what_they_lack()
    {
        var decider = new Decider(packages => packages[0].Id == "Microsoft.ML" ? Found : Missing);

        Assert.Equal(Source.Registry, decider.Decide(Family.MlNet, Wish("auto")));
        Assert.Equal(Source.Offline, decider.Decide(Family.OnnxRuntime, Wish("auto")));
    }

    [Fact]
    public void Offline_asks_no_source()
    {
        var decider = new Decider(_ => throw new InvalidOperationException("asked"));

        Assert.All(Family.All, family => Assert.Equal(Source.Offline, decider.Decide(family, Wish("offline"))));
    }

    [Fact]
    public void Registry_says_what_the_sources_lack()
    {
        var exception = Assert.Throws<DecisionException>(() => new Decider(_ => Missing).Decide(Family.OnnxRuntime, Wish("registry")));

        Assert.Contains("lack Microsoft.ML.OnnxRuntime.Gpu.", exception.Message, StringComparison.Ordinal);
        Assert.Contains("unset DIFFSEG_PACKAGES", exception.Message, StringComparison.Ordinal);
        Assert.Contains("-p:OnnxRuntime=Cpu", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("registry")]
    public void Silent_source_is_an_error_and_no_reason_for_the_stand_in(string mode)
    {
        var exception = Assert.Throws<DecisionException>(() => new Decider(_ => Unreachable).Decide(Family.MlNet, Wish(mode)));

        Assert.Contains("did not answer", exception.Message, StringComparison.Ordinal);
        Assert.Contains("DIFFSEG_PACKAGES=offline", exception.Message, StringComparison.Ordinal);
        Assert.Equal(Unreachable.Output, exception.Details);
    }

    [Fact]
    public void Unclear_failure_shows_what_NuGet_said() =>
        Assert.Equal(Unclear.Output, Assert.Throws<DecisionException>(
            () => new Decider(_ => Unclear).Decide(Family.MlNet, Wish("auto"))).Details);

    [Theory]
    [InlineData("auto", Source.Registry, Source.Offline, "found by trying: ML.NET from the NuGet sources; ONNX Runtime (Gpu) made from the npm package")]
    [InlineData("offline", Source.Offline, Source.Offline, "as DIFFSEG_PACKAGES says: ML.NET is a small stand-in made in eng/offline, not the real one;")]
    [InlineData("registry", Source.Registry, Source.Registry, "ONNX Runtime (Gpu) from the NuGet sources")]
    public void Notice_is_one_plain_line(string mode, object mlNet, object onnxRuntime, string expected)
    {
        string notice = Notice.Of(new Offline.Decision("", 0, (Source)mlNet, (Source)onnxRuntime), Wish(mode));

        Assert.Contains(expected, notice, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', notice);
    }
}
