using DiffSeg.MLNet.Chain;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Onnx;

namespace DiffSeg.MLNet.Tests.MlNetRules.Onnx;

/// <summary>What ApplyOnnxModel refuses, and in which words.</summary>
public sealed class OnnxErrorRuleTests : OnnxRules
{
    [Fact]
    public void A_file_that_is_missing_or_no_model_is_an_error()
    {
        Assert.Throws<IOException>(() => Apply(Place("none.onnx"), ["double"]));
        File.WriteAllText(Place("text.onnx"), "this is no model");
        Assert.StartsWith(
            "Error initializing model",
            Assert.Throws<InvalidOperationException>(() => Apply(Place("text.onnx"), ["double"])).Message);
    }

    [Fact]
    public void An_unknown_tensor_is_an_argument_error_that_lists_the_known_ones()
    {
        string path = TinyModel.Arithmetic(1, 4).Save(Place("m.onnx"));
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Apply(path, ["triple"]));
        Assert.Contains(
            "triple, does not exist in the ONNX model. Available output names are [double,square]", error.ToString());
    }

    [Fact]
    public void A_missing_or_wrong_column_is_an_argument_error()
    {
        string path = TinyModel.Arithmetic(1, 4).Save(Place("m.onnx"));
        var missing = Assert.Throws<ArgumentOutOfRangeException>(
            () => Apply(path, ["double"]).Fit(View(new RowWithoutTensor())));
        Assert.StartsWith("Could not find input column 'x'", missing.Message);
        var wrong = Assert.Throws<ArgumentOutOfRangeException>(() =>
            new EstimatorChain<ITransformer>().Append(Apply(path, ["double"])).Fit(View(new DoubleOnnxRow())));
        Assert.StartsWith("Schema mismatch for input column 'x': expected Single, got Double", wrong.Message);
    }

    [Fact]
    public void A_vector_of_a_wrong_length_is_an_error_at_fit()
    {
        string path = TinyModel.Arithmetic(1, 3).Save(Place("m.onnx"));
        var error = Assert.Throws<InvalidOperationException>(() => Apply(path, ["double"]).Fit(View(new OnnxRow())));
        Assert.Equal("Input shape mismatch: Input 'x' has shape 1,3, but input data is of length 4.", error.Message);
    }

    [Fact]
    public void A_half_precision_output_is_refused()
    {
        string path = new TinyModel().Input("x", TinyModel.Float16, 1, 4)
            .Node("Add", ["x", "x"], "double").Output("double", TinyModel.Float16, 1, 4).Save(Place("m.onnx"));
        Assert.Contains(
            "Unsupported ONNX scalar type: Float16",
            Assert.Throws<InvalidOperationException>(() => Apply(path, ["double"])).Message);
    }

    [Fact]
    public void Without_cuda_a_device_falls_back_to_the_cpu_or_fails_as_told()
    {
        string path = TinyModel.Arithmetic(1, 4).Save(Place("m.onnx"));
        OnnxScoringEstimator OnDevice(bool fallback) =>
            FinalizersOnHold.While(() => Ml.Transforms.ApplyOnnxModel(["double"], ["x"], path, gpuDeviceId: 99, fallbackToCpu: fallback));
        Assert.SkipWhen(Record.Exception(() => OnDevice(false)) is EntryPointNotFoundException,
            "This native ONNX Runtime has no entry point for CUDA at all: ML.NET lets that error through, " +
            "falling back or not.");
        using OnnxTransformer transformer = OnDevice(true).Fit(View(new OnnxRow()));
        Assert.Equal(
            [2, 4, 6, 8],
            transformer.Transform(View(new OnnxRow { X = [1, 2, 3, 4] })).GetColumn<float[]>("double").Single());
        Assert.StartsWith(
            "Error initializing model", Assert.Throws<InvalidOperationException>(() => OnDevice(false)).Message);
    }
}
