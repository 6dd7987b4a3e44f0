using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Tests.Support;

namespace DiffSeg.Onnx.Tests.Models;

public sealed class AttentionModelLoadTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Description_is_read_in_full()
    {
        string path = TestModels.Valid(
            (AttentionModelMetadata.KlThreshold, "0.75"), (AttentionModelMetadata.Source, "a model"),
            (AttentionModelMetadata.License, "MIT"), (AttentionModelMetadata.TimeStep, "300"),
            (AttentionModelMetadata.WeightPrecision, "fp16"), (AttentionModelMetadata.Builder, "us 1"),
            (AttentionModelMetadata.SourceHash, "ab12"), ("somebody else", "x")).Save(_folder);

        AttentionModel model = AttentionModel.Load(path);

        Assert.Equal(path, model.Path);
        Assert.Equal("image", model.InputName);
        Assert.Equal((32, 32), (model.ImageHeight, model.ImageWidth));
        Assert.Equal(["a"], model.OutputNames);
        Assert.Equal([new AttentionOutput("a", new AttentionShape(1, 4, 4))], model.Outputs);
        Assert.Equal(AttentionForm.Resolutions, model.Form);
        Assert.Equal(0.75f, model.RecommendedKlThreshold);
        Assert.Equal("a model", model.Source);
        Assert.Equal("MIT", model.License);
        Assert.Equal(300, model.TimeStep);
        Assert.Equal("fp16", model.WeightPrecision);
        Assert.Equal("us 1", model.BuilderVersion);
        Assert.Equal("ab12", model.SourceHash);
        Assert.Equal("x", model.Metadata["somebody else"]);
    }

    [Fact]
    public void What_is_optional_may_be_absent()
    {
        AttentionModel model = AttentionModel.Load(TestModels.Valid().Save(_folder));

        Assert.Equal(new DiffSegOptions().KlThreshold, model.RecommendedKlThreshold);
        Assert.Null(model.Source);
        Assert.Null(model.License);
        Assert.Null(model.TimeStep);
        Assert.Null(model.WeightPrecision);
        Assert.Null(model.BuilderVersion);
        Assert.Null(model.SourceHash);
    }

    [Fact]
    public void A_relative_path_becomes_a_full_one()
    {
        string path = TestModels.Valid().Save(_folder);

        Assert.Equal(path, AttentionModel.Load(Path.GetRelativePath(Environment.CurrentDirectory, path)).Path);
    }

    public static TheoryData<string, long[], AttentionShape> Shapes => new()
    {
        { "raw", [8, 16, 16], new(8, 2, 8) },
        { "raw", [1, 8, 16, 16], new(8, 2, 8) },
        { "raw", [16, 16], new(1, 2, 8) },
        { "layers", [1, 16, 16], new(1, 2, 8) },
        { "layers", [16, 16], new(1, 2, 8) },
        { "resolutions", [1, 1, 16, 16], new(1, 2, 8) },
        { "aggregated", [16, 16], new(1, 2, 8) },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Each_form_gives_its_shape(string form, long[] declared, AttentionShape expected)
    {
        ModelProto model = TestModels.Valid()
            .Describe(AttentionModelMetadata.Form, form)
            .Describe(AttentionModelMetadata.Outputs, "a=2x8");
        model.Graph.Output.Clear();
        model.Graph.Output.Add(TestModels.Tensor("a", declared));

        AttentionModel loaded = AttentionModel.Load(model.Save(_folder));

        Assert.Equal(form, loaded.Form.ToString().ToLowerInvariant());
        Assert.Equal(expected, Assert.Single(loaded.Outputs).Shape);
    }

    [Fact]
    public void Layers_may_share_a_resolution_and_keep_the_order_of_the_file()
    {
        ModelProto model = TestModels.Valid()
            .Describe(AttentionModelMetadata.Form, "layers")
            .Describe(AttentionModelMetadata.Outputs, "a=4x4;b=2x2;c=4x4");
        model.Graph.Output.Add([TestModels.Tensor("c", 16, 16), TestModels.Tensor("b", 1, 4, 4)]);

        AttentionModel loaded = AttentionModel.Load(model.Save(_folder));

        Assert.Equal(["a", "c", "b"], loaded.OutputNames);
        Assert.Equal([4, 4, 2], loaded.Outputs.Select(o => o.Shape.Height));
    }

    [Fact]
    public void A_description_survives_writing_and_reading()
    {
        var description = new AttentionModelDescription
        {
            Form = AttentionForm.Layers,
            Outputs = [new("with=sign", 3, 5), new("b", 1, 1)],
            KlThreshold = 0.1f,
            TimeStep = -1,
            Source = "quelle, ü",
        };

        var read = AttentionModelDescription.Parse("file", new Dictionary<string, string>(description.ToMetadata()));

        Assert.Equal(description.Outputs, read.Outputs);
        Assert.Equal(description with { Outputs = read.Outputs }, read);
    }
}
