using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Tests.Support;

namespace DiffSeg.Onnx.Tests.Demo;

public sealed class DemoModelTests
{
    private static string Committed => Repository.Path("models", "demo-attention.onnx");

    [Fact]
    public void Committed_file_equals_a_rebuild() =>
        Assert.True(
            File.ReadAllBytes(Committed).AsSpan().SequenceEqual(DemoAttentionModel.Build()),
            "models/demo-attention.onnx is not what DemoAttentionModel builds: dotnet run models/build-demo.cs");

    [Fact]
    public void File_is_small_and_uses_standard_operators()
    {
        ModelProto model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(Committed));

        Assert.InRange(new FileInfo(Committed).Length, 1, 2_000_000);
        OperatorSetProto operators = Assert.Single(model.OpsetImport);
        Assert.Equal("", operators.Domain);
        Assert.InRange(operators.Version, 17, long.MaxValue);
        Assert.All(model.Graph.Node, n => Assert.Equal("", n.Domain));
    }

    [Fact]
    public void Demo_describes_itself()
    {
        AttentionModel model = AttentionModel.Demo;

        Assert.Equal("image", model.InputName);
        Assert.Equal((512, 512), (model.ImageHeight, model.ImageWidth));
        Assert.Equal(["attention_64", "attention_32", "attention_16", "attention_8"], model.OutputNames);
        Assert.Equal([64, 32, 16, 8], model.Outputs.Select(o => o.Shape.Width));
        Assert.Equal(AttentionForm.Resolutions, model.Form);
        Assert.Equal(1.0f, model.RecommendedKlThreshold);
        Assert.Equal("MIT", model.License);
        Assert.Equal("none", model.WeightPrecision);
        Assert.Contains("no learned weights", model.Source);
        Assert.Null(model.TimeStep);
    }

    [Fact]
    public void Demo_is_the_committed_file_under_a_path()
    {
        Assert.Equal(File.ReadAllBytes(Committed), File.ReadAllBytes(AttentionModel.Demo.Path));
        Assert.Same(AttentionModel.Demo, AttentionModel.Demo);
    }
}
