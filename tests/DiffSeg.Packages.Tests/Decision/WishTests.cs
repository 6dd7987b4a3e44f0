using DiffSeg.Offline;

namespace DiffSeg.Packages.Tests.Decision;

public class WishTests
{
    private const string Line =
        "mode=auto onnxruntime=Gpu cuda=no Microsoft.ML=5.0.0 Microsoft.ML.ImageAnalytics=5.0.0 " +
        "Microsoft.ML.OnnxTransformer=5.0.0 Microsoft.ML.OnnxRuntime=1.29.0 Microsoft.ML.OnnxRuntime.Gpu=1.29.0";

    [Fact]
    public void Line_of_the_hook_is_read()
    {
        Wish wish = Wish.Parse(Line);

        Assert.Equal(PackageMode.Auto, wish.Mode);
        Assert.Equal("Gpu", wish.OnnxRuntime);
        Assert.False(wish.Cuda);
        Assert.Equal(Line, wish.Line);
        Assert.Equal(
            [("Microsoft.ML", "5.0.0"), ("Microsoft.ML.ImageAnalytics", "5.0.0"), ("Microsoft.ML.OnnxTransformer", "5.0.0")],
            wish.Packages(Family.MlNet));
    }

    [Theory]
    [InlineData("Gpu", "Microsoft.ML.OnnxRuntime.Gpu")]
    [InlineData("cpu", "Microsoft.ML.OnnxRuntime")]
    public void Flavour_chooses_the_package_of_ONNX_Runtime(string flavour, string id)
    {
        Wish wish = Wish.Parse(Line.Replace("=Gpu", "=" + flavour, StringComparison.Ordinal));

        Assert.Equal([(id, "1.29.0")], wish.Packages(Family.OnnxRuntime));
    }

    [Theory]
    [InlineData("registry", PackageMode.Registry)]
    [InlineData("OFFLINE", PackageMode.Offline)]
    public void Mode_is_read_in_any_case(string word, object mode) =>
        Assert.Equal(mode, Wish.Parse(Line.Replace("auto", word, StringComparison.Ordinal)).Mode);

    [Fact]
    public void Unknown_mode_names_the_variable_and_its_values()
    {
        var exception = Assert.Throws<DecisionException>(() => Wish.Parse(Line.Replace("auto", "online", StringComparison.Ordinal)));

        Assert.Contains("DIFFSEG_PACKAGES is \"online\"", exception.Message, StringComparison.Ordinal);
        Assert.Contains("\"registry\"", exception.Message, StringComparison.Ordinal);
        Assert.Contains("\"offline\"", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_flavour_names_the_property() =>
        Assert.Contains("OnnxRuntime is \"Tpu\"", Assert.Throws<DecisionException>(
            () => Wish.Parse(Line.Replace("=Gpu", "=Tpu", StringComparison.Ordinal))).Message, StringComparison.Ordinal);

    [Fact]
    public void Missing_version_names_the_package() =>
        Assert.Contains("Microsoft.ML.ImageAnalytics", Assert.Throws<DecisionException>(
            () => Wish.Parse(Line.Replace("Microsoft.ML.ImageAnalytics=5.0.0 ", "", StringComparison.Ordinal)).Packages(Family.MlNet)).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("microsoft.ml", true, false)]
    [InlineData("Microsoft.ML.CpuMath", true, false)]
    [InlineData("microsoft.ml.onnxtransformer", true, false)]
    [InlineData("microsoft.ml.onnxruntime.managed", false, true)]
    [InlineData("Microsoft.ML.OnnxRuntime.Gpu.Linux", false, true)]
    [InlineData("newtonsoft.json", false, false)]
    public void Every_package_belongs_to_at_most_one_family(string id, bool mlNet, bool onnxRuntime)
    {
        Assert.Equal(mlNet, Family.MlNet.Owns(id));
        Assert.Equal(onnxRuntime, Family.OnnxRuntime.Owns(id));
    }
}
