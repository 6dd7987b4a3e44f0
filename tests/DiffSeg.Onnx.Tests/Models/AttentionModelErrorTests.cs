using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Tests.Support;
using Google.Protobuf;

namespace DiffSeg.Onnx.Tests.Models;

/// <summary>Files that are no attention model: the error says what was looked for, what was found and what to do.</summary>
public sealed class AttentionModelErrorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_missing_file_is_named()
    {
        string path = _folder.File("nowhere.onnx");

        var error = Assert.Throws<FileNotFoundException>(() => AttentionModel.Load(path));

        Assert.Equal(path, error.FileName);
        Assert.Contains(path, error.Message);
    }

    [Fact]
    public void A_path_is_required()
    {
        Assert.Throws<ArgumentNullException>(() => AttentionModel.Load(null!));
        Assert.Throws<ArgumentException>(() => AttentionModel.Load(""));
    }

    [Fact]
    public void A_folder_is_refused() => AssertRefused(_folder.Path, "an ONNX model", "a folder");

    public static TheoryData<string, byte[]> OtherFiles => new()
    {
        { "an empty file", [] },
        { "text", "<!DOCTYPE html>\n<title>Not found</title>"u8.ToArray() },
        { "a Git LFS pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:12\n"u8.ToArray() },
        { "a JPEG picture", [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, (byte)'J', (byte)'F', (byte)'I', (byte)'F', 0] },
        { "a PNG picture", [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 0, 0, 13] },
        { "a zip archive", "PK\u0003\u0004"u8.ToArray() },
        { "not a whole ONNX model", [0, 1, 2, 3, 0xFE, 0xFF] },

        // A protobuf message, but without a graph.
        { "not a whole ONNX model", new ModelProto { IrVersion = 8 }.ToByteArray() },
    };

    [Theory]
    [MemberData(nameof(OtherFiles))]
    public void A_file_of_another_kind_is_refused(string found, byte[] content)
    {
        string path = _folder.File("model.onnx");
        File.WriteAllBytes(path, content);

        AssertRefused(path, "an ONNX model", found);
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.5)]
    [InlineData(0.99)]
    public void A_truncated_model_is_refused(double share)
    {
        byte[] whole = DemoAttentionModel.Build();
        string path = _folder.File("model.onnx");
        File.WriteAllBytes(path, whole[..(int)(whole.Length * share)]);

        AssertRefused(path, "an ONNX model", "not a whole ONNX model");
    }

    [Fact]
    public void An_ONNX_model_without_metadata_is_refused()
    {
        ModelProto model = TestModels.Valid();
        model.MetadataProps.Clear();

        AssertRefused(model.Save(_folder), "'diffseg.format'", "without metadata");
    }

    [Fact]
    public void An_ONNX_model_with_other_metadata_is_refused()
    {
        ModelProto model = TestModels.Valid();
        model.MetadataProps.Clear();

        AssertRefused(model.Describe("author", "me").Save(_folder), "'diffseg.format'", "'author'");
    }

    [Theory]
    [InlineData(AttentionModelMetadata.Format, "2", "'diffseg.format' = 1", "'2'")]
    [InlineData(AttentionModelMetadata.Form, null, "'diffseg.form'", "no such entry")]
    [InlineData(AttentionModelMetadata.Form, "Raw", "raw, layers, resolutions, aggregated or merged", "'Raw'")]
    [InlineData(AttentionModelMetadata.Outputs, null, "'diffseg.outputs'", "no such entry")]
    [InlineData(AttentionModelMetadata.Outputs, "a", "'diffseg.outputs'", "'a'")]
    [InlineData(AttentionModelMetadata.Outputs, "=4x4", "'diffseg.outputs'", "'=4x4'")]
    [InlineData(AttentionModelMetadata.Outputs, "a=4", "'diffseg.outputs'", "'a=4'")]
    [InlineData(AttentionModelMetadata.Outputs, "a=4x0", "'diffseg.outputs'", "'a=4x0'")]
    [InlineData(AttentionModelMetadata.Outputs, "a=4x4;", "'diffseg.outputs'", "'a=4x4;'")]
    [InlineData(AttentionModelMetadata.KlThreshold, "0", "'diffseg.kl_threshold'", "'0'")]
    [InlineData(AttentionModelMetadata.KlThreshold, "NaN", "'diffseg.kl_threshold'", "'NaN'")]
    [InlineData(AttentionModelMetadata.KlThreshold, "1,5", "'diffseg.kl_threshold'", "'1,5'")]
    [InlineData(AttentionModelMetadata.TimeStep, "soon", "'diffseg.time_step'", "'soon'")]
    [InlineData(AttentionModelMetadata.Outputs, "b=4x4", "describes (b)", "a")]
    [InlineData(AttentionModelMetadata.Outputs, "a=4x4;a=4x4", "describes (a, a)", "a")]
    [InlineData(AttentionModelMetadata.Outputs, "a=4x4;b=4x4", "describes (a, b)", "a")]
    public void A_description_that_does_not_hold_is_refused(string key, string? value, string expected, string found) =>
        AssertRefused(TestModels.Valid().Describe(key, value).Save(_folder), expected, found);

    [Theory]
    [InlineData(AttentionModelMetadata.KlThreshold, null, "'diffseg.kl_threshold'", "no such entry")]
    [InlineData(AttentionModelMetadata.AnchorsPerSide, null, "'diffseg.anchors_per_side'", "no such entry")]
    [InlineData(AttentionModelMetadata.AnchorsPerSide, "1", "a whole number from 2", "'1'")]
    [InlineData(AttentionModelMetadata.AnchorsPerSide, "3", "'a' as float32 [9, 16]", "'a' float32 [4, 16]")]
    [InlineData(AttentionModelMetadata.AnchorsPerSide, "5", "5 anchors per side and the grid 4x4", "'a' float32 [4, 16]")]
    [InlineData(AttentionModelMetadata.ZeroAttention, null, "'diffseg.zero_attention'", "no such entry")]
    [InlineData(AttentionModelMetadata.ZeroAttention, "Clamp", "clamp or matchesnothing", "'Clamp'")]
    [InlineData(AttentionModelMetadata.Outputs, "a=4x4;b=4x4", "describes (a, b)", "a")]
    public void A_description_of_merging_that_does_not_hold_is_refused(string key, string? value, string expected, string found)
    {
        ModelProto model = TestModels.Merged();
        Assert.Equal(4, AttentionModel.Load(model.Save(_folder)).Outputs[0].Maps);

        AssertRefused(model.Describe(key, value).Save(_folder), expected, found);
    }

    [Fact]
    public void A_model_that_merges_takes_its_threshold()
    {
        ModelProto model = TestModels.Merged();
        model.Graph.Input[1].Name = "threshold";
        AssertRefused(model.Save(_folder), "'kl_threshold', float32 [1]", "'threshold' float32 [1]");
        model.Graph.Input.RemoveAt(1);
        AssertRefused(model.Save(_folder), "'kl_threshold', float32 [1]", "1 inputs");
    }

    public static TheoryData<string, long[]> WrongInputs => new()
    {
        { "'image' float32 [3, 32, 32]", [3, 32, 32] },
        { "'image' float32 [1, 1, 32, 32]", [1, 1, 32, 32] },
        { "'image' float32 [0, 3, 32, 32]", [0, 3, 32, 32] },
        { "'image' float32 [1, 3, 0, 32]", [1, 3, 0, 32] },
        { "'image' float32 [1, 3, 65536, 65536]", [1, 3, 65536, 65536] },
        { "'image' float32 [2000000000, 3, 32, 32]", [2_000_000_000, 3, 32, 32] },
        { "'image' float32 []", [] },
    };

    [Theory]
    [MemberData(nameof(WrongInputs))]
    public void A_wrong_input_shape_is_refused(string found, long[] shape) =>
        AssertInputRefused(found, TestModels.Tensor("image", shape));

    [Fact]
    public void A_symbolic_input_shape_is_refused()
    {
        ValueInfoProto input = TestModels.Tensor("image", 1, 3, 32, 32);
        input.Type.TensorType.Shape.Dim[2].DimParam = "height";
        AssertInputRefused("[1, 3, height, 32]", input);

        input.Type.TensorType.Shape = null;
        AssertInputRefused("of unknown shape", input);
    }

    [Fact]
    public void An_input_of_another_type_is_refused()
    {
        ValueInfoProto input = TestModels.Tensor("image", 1, 3, 32, 32);
        input.Type.TensorType.ElemType = (int)TensorProto.Types.ElementType.Float16;
        AssertInputRefused("'image' float16 [1, 3, 32, 32]", input);

        input.Type.TensorType = null;
        AssertInputRefused("not a tensor", input);
    }

    [Fact]
    public void A_second_input_is_refused() =>
        AssertInputRefused("2 inputs", TestModels.Tensor("image", 1, 3, 32, 32), TestModels.Tensor("timestep", 1));

    [Fact]
    public void A_model_without_input_is_refused() => AssertInputRefused("0 inputs");

    public static TheoryData<string, long[]> WrongOutputs => new()
    {
        { "resolutions", [16, 15] },
        { "resolutions", [4, 4] },
        { "resolutions", [16] },
        { "resolutions", [8, 16, 16] },
        { "layers", [1, 8, 16, 16] },
        { "aggregated", [2, 16, 16] },
        { "raw", [2, 8, 16, 16] },
        { "raw", [0, 16, 16] },
        { "raw", [1 << 28, 16, 16] },
    };

    [Theory]
    [MemberData(nameof(WrongOutputs))]
    public void A_wrong_output_shape_is_refused(string form, long[] shape)
    {
        ModelProto model = TestModels.Valid().Describe(AttentionModelMetadata.Form, form);
        model.Graph.Output[0] = TestModels.Tensor("a", shape);

        AssertRefused(model.Save(_folder), $"the form '{form}' and the grid 4x4", $"'a' float32 [{string.Join(", ", shape)}]");
    }

    [Fact]
    public void An_output_of_another_type_is_refused()
    {
        ModelProto model = TestModels.Valid();
        model.Graph.Output[0].Type.TensorType.ElemType = (int)TensorProto.Types.ElementType.Double;

        AssertRefused(model.Save(_folder), "float32", "'a' double [16, 16]");
    }

    [Theory]
    [InlineData("aggregated", "one output, ")]
    [InlineData("resolutions", "one output per resolution")]
    public void Too_many_outputs_for_the_form_are_refused(string form, string expected)
    {
        ModelProto model = TestModels.Valid()
            .Describe(AttentionModelMetadata.Form, form)
            .Describe(AttentionModelMetadata.Outputs, "a=4x4;b=4x4");
        model.Graph.Output.Add(TestModels.Tensor("b", 16, 16));

        AssertRefused(model.Save(_folder), expected, "a 4x4, b 4x4");
    }

    [Theory]
    [InlineData("attention.output", "not ending in '.output'")]
    [InlineData(" ", "not empty")]
    [InlineData("image", "different names")]
    public void A_name_that_is_no_column_is_refused(string name, string expected)
    {
        ModelProto model = TestModels.Valid().Describe(AttentionModelMetadata.Outputs, name + "=4x4");
        model.Graph.Output[0].Name = name;

        AssertRefused(model.Save(_folder), expected, name);
    }

    private void AssertInputRefused(string found, params ReadOnlySpan<ValueInfoProto> inputs)
    {
        ModelProto model = TestModels.Valid();
        model.Graph.Input.Clear();
        model.Graph.Input.Add(inputs.ToArray());
        AssertRefused(model.Save(_folder), "one input, float32 [pictures, 3, height, width]", found);
    }

    private static void AssertRefused(string path, string expected, string found)
    {
        var error = Assert.Throws<AttentionModelException>(() => AttentionModel.Load(path));
        Assert.Equal(path, error.ModelPath);
        Assert.Contains(expected, error.Expected);
        Assert.Contains(found, error.Found);
        Assert.EndsWith(".", error.Advice);
        Assert.Contains(error.ModelPath, error.Message);
        Assert.Contains(error.Expected, error.Message);
        Assert.Contains(error.Found, error.Message);
        Assert.Contains(error.Advice, error.Message);
    }
}
