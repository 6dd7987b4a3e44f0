using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Graphs;
using DiffSeg.Onnx.Tests.Support;

namespace DiffSeg.Onnx.Tests.Models;

/// <summary>How many pictures a model takes in one run, as its file declares it.</summary>
public sealed class BatchSizeTests : IDisposable
{
    private const long Free = GraphBuilder.Free;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, long, long[], int?, AttentionShape> Accepted => new()
    {
        { "resolutions", 1, [16, 16], 1, new(1, 4, 4) },
        { "resolutions", 1, [1, 16, 16], 1, new(1, 4, 4) },
        { "raw", 1, [2, 16, 16], 1, new(2, 4, 4) },
        { "resolutions", 4, [4, 16, 16], 4, new(1, 4, 4) },
        { "layers", 4, [4, 1, 16, 16], 4, new(1, 4, 4) },
        { "aggregated", 16, [16, 16, 16], 16, new(1, 4, 4) },
        { "raw", 2, [2, 16, 16], 2, new(1, 4, 4) },
        { "raw", 2, [2, 8, 16, 16], 2, new(8, 4, 4) },
        { "aggregated", Free, [Free, 16, 16], null, new(1, 4, 4) },
        { "raw", Free, [Free, 8, 16, 16], null, new(8, 4, 4) },
    };

    [Theory]
    [MemberData(nameof(Accepted))]
    public void It_is_the_first_dimension_of_the_input(string form, long input, long[] output, int? batchSize, AttentionShape one)
    {
        AttentionModel model = AttentionModel.Load(Model(form, input, output));

        Assert.Equal(batchSize, model.BatchSize);
        Assert.Equal((32, 32), (model.ImageHeight, model.ImageWidth));
        AttentionOutput only = Assert.Single(model.Outputs);
        Assert.Equal(one, only.Shape);
        Assert.Equal(one.Heads * 16, only.Maps);
    }

    [Fact]
    public void A_first_dimension_without_name_or_size_is_free_too()
    {
        ModelProto model = TestModels.Valid();
        model.Graph.Input[0].Type.TensorType.Shape.Dim[0] = new TensorShapeProto.Types.Dimension();
        model.Graph.Output[0] = TestModels.Tensor("a", Free, 16, 16);
        model.Graph.Output[0].Type.TensorType.Shape.Dim[0].DimParam = "Softmax_dim_0";

        Assert.Null(AttentionModel.Load(model.Save(_folder)).BatchSize);
    }

    public static TheoryData<string, long, long[], string, string> Refused => new()
    {
        { "aggregated", 2, [4, 16, 16], "float32 [2, 16, 16]", "'a' float32 [4, 16, 16]" },
        { "aggregated", 2, [16, 16], "beside an input of 2 pictures", "'a' float32 [16, 16]" },
        { "aggregated", 2, [1, 16, 16], "float32 [2, 16, 16]", "'a' float32 [1, 16, 16]" },
        { "aggregated", 2, [1, 2, 16, 16], "float32 [2, 16, 16]", "'a' float32 [1, 2, 16, 16]" },
        { "aggregated", 2, [2, 2, 16, 16], "float32 [2, 16, 16]", "'a' float32 [2, 2, 16, 16]" },
        { "aggregated", 2, [Free, 16, 16], "float32 [2, 16, 16]", "'a' float32 [batch, 16, 16]" },
        { "raw", 2, [8, 16, 16], "float32 [2, heads, 16, 16]", "'a' float32 [8, 16, 16]" },
        { "raw", 2, [1, 16, 16, 16], "float32 [2, heads, 16, 16]", "'a' float32 [1, 16, 16, 16]" },
        { "aggregated", Free, [1, 16, 16], "beside an input of any number of pictures", "'a' float32 [1, 16, 16]" },
        { "aggregated", Free, [16, 16], "float32 [batch, 16, 16]", "'a' float32 [16, 16]" },
        { "raw", Free, [8, 16, 16], "float32 [batch, heads, 16, 16]", "'a' float32 [8, 16, 16]" },
        { "aggregated", Free, [Free, Free, 16], "float32 [batch, 16, 16]", "'a' float32 [batch, batch, 16]" },
        { "aggregated", 1, [Free, 16, 16], "float32 [16, 16]", "'a' float32 [batch, 16, 16]" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Outputs_begin_with_it_too(string form, long input, long[] output, string expected, string found)
    {
        string path = Model(form, input, output);

        var error = Assert.Throws<AttentionModelException>(() => AttentionModel.Load(path));

        Assert.Equal(path, error.ModelPath);
        Assert.Contains(expected, error.Expected);
        Assert.Equal(found, error.Found);
        Assert.StartsWith("Input and outputs must begin with the same number of pictures", error.Advice);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(Free)]
    public void A_model_that_merges_takes_one_picture(long pictures)
    {
        ModelProto model = TestModels.Merged();
        model.Graph.Input[0] = TestModels.Tensor("image", pictures, 3, 32, 32);
        model.Graph.Output[0] = TestModels.Tensor("a", pictures, 4, 16);

        var error = Assert.Throws<AttentionModelException>(() => AttentionModel.Load(model.Save(_folder)));

        Assert.Equal("one picture in a run, as the form 'merged' takes it", error.Expected);
        Assert.StartsWith("'image' float32 [", error.Found);
    }

    private string Model(string form, long input, long[] output)
    {
        ModelProto model = TestModels.Valid().Describe(AttentionModelMetadata.Form, form);
        model.Graph.Input[0] = TestModels.Tensor("image", input, 3, 32, 32);
        model.Graph.Output[0] = TestModels.Tensor("a", output);
        return model.Save(_folder);
    }
}
