using DiffSeg.MLNet.Scoring;
using DiffSeg.MLNet.Tests.Data;
using DiffSeg.MLNet.Tests.Support;
using DiffSeg.Onnx;
using Microsoft.ML;
using Microsoft.ML.OnnxRuntime;

namespace DiffSeg.MLNet.Tests.Scoring;

public sealed class ScoringOptionsTests : IDisposable
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly SmallModel _small = new();

    public static TheoryData<string, AttentionScoringOptions> OutOfRange => new()
    {
        { nameof(AttentionScoringOptions.LookAhead), new() { LookAhead = -1 } },
        { nameof(AttentionScoringOptions.LookAhead), new() { LookAhead = 9 } },
        { nameof(AttentionScoringOptions.GpuDeviceId), new() { GpuDeviceId = -1 } },
        { nameof(AttentionScoringOptions.IntraOpNumThreads), new() { IntraOpNumThreads = 0 } },
        { nameof(AttentionScoringOptions.InterOpNumThreads), new() { InterOpNumThreads = 0 } },
    };

    [Theory]
    [MemberData(nameof(OutOfRange), DisableDiscoveryEnumeration = true)]
    public void Settings_out_of_range_are_named_when_the_estimator_is_made(string field, AttentionScoringOptions options)
    {
        Assert.Equal(field, Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.ApplyAttentionModel(_small.Model, options)).ParamName);
        Assert.Equal(field, Assert.Throws<ArgumentOutOfRangeException>(
            () => _ml.Transforms.DiffSeg("Mask", "Path", _small.Model, scoring: options)).ParamName);
    }

    [Fact]
    public void Native_library_that_is_missing_is_told_with_the_package_that_has_it()
    {
        Exception[] causes = [new TypeInitializationException("NativeMethods", new DllNotFoundException("onnxruntime")), new DllNotFoundException()];
        foreach (Exception cause in causes)
        {
            var error = Assert.Throws<InvalidOperationException>(() => NativeOnnxRuntime.Require(() => throw cause));
            Assert.Contains("Add the package Microsoft.ML.OnnxRuntime", error.Message);
            Assert.Same(cause, error.InnerException);
        }

        NativeOnnxRuntime.Require();
    }

    [Fact]
    public void Later_changes_of_the_options_change_nothing()
    {
        var options = new AttentionScoringOptions();
        AttentionScoringEstimator estimator = _ml.Transforms.ApplyAttentionModel(_small.Model, options);
        options.LookAhead = 99;
        IDataView data = SmallModel.Pixels(_ml, 2);

        using AttentionScoringTransformer ours = estimator.Fit(data);

        Assert.Equal(2, RowValues.Read(ours.Transform(data), "fine_8").Count);
    }

    [Fact]
    public void Session_options_of_the_caller_are_used_and_disposed_with_the_transformer()
    {
        var made = new List<SessionOptions>();
        IDataView data = SmallModel.Pixels(_ml, 3);
        AttentionScoringEstimator estimator = _ml.Transforms.ApplyAttentionModel(_small.Model, new()
        {
            CreateSessionOptions = () =>
            {
                made.Add(new SessionOptions { IntraOpNumThreads = 1, GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL });
                return made[^1];
            },
        });

        AttentionScoringTransformer ours = estimator.Fit(data);
        List<string> rows = RowValues.Read(ours.Transform(data), "fine_8");
        Assert.False(Assert.Single(made).IsClosed);
        ours.Dispose();

        Assert.True(made[0].IsClosed);
        Assert.Equal(3, rows.Distinct().Count());
    }

    [Fact]
    public void Session_options_that_are_none_are_told()
    {
        var error = Assert.Throws<InvalidOperationException>(() => _ml.Transforms.ApplyAttentionModel(
            _small.Model, new() { CreateSessionOptions = () => null! }).Fit(SmallModel.Pixels(_ml, 1)));
        Assert.Contains("CreateSessionOptions", error.Message);
    }

    [Fact]
    public void A_model_that_is_gone_is_named()
    {
        using var folder = new TemporaryFolder();
        File.Copy(_small.Model.Path, folder.File("gone.onnx"));
        AttentionModel gone = AttentionModel.Load(folder.File("gone.onnx"));
        File.Delete(gone.Path);

        var error = Assert.Throws<InvalidOperationException>(
            () => _ml.Transforms.ApplyAttentionModel(gone).Fit(SmallModel.Pixels(_ml, 1)));

        Assert.Contains(gone.Path, error.Message);
        Assert.IsType<OnnxRuntimeException>(error.InnerException);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_gpu_that_is_not_there_falls_back_or_is_named(bool fallback)
    {
        IDataView data = SmallModel.Pixels(_ml, 2);
        AttentionScoringEstimator estimator = _ml.Transforms.ApplyAttentionModel(
            _small.Model, new() { GpuDeviceId = 99, FallbackToCpu = fallback });

        if (fallback)
        {
            using AttentionScoringTransformer ours = estimator.Fit(data);
            Assert.Equal(2, RowValues.Read(ours.Transform(data), "fine_8").Count);
        }
        else
        {
            var error = Assert.Throws<InvalidOperationException>(() => estimator.Fit(data));
            Assert.Contains("GPU 99", error.Message);
            Assert.Contains("FallbackToCpu", error.Message);
        }
    }

    public void Dispose() => _small.Dispose();
}
