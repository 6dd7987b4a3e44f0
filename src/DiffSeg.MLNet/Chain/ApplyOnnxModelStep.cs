using DiffSeg.MLNet.Scoring;
using DiffSeg.Onnx;
using Microsoft.ML;
using Microsoft.ML.Transforms.Onnx;

namespace DiffSeg.MLNet.Chain;

/// <summary>ML.NET's own step for a model, with what it takes to use it safely.</summary>
internal static class ApplyOnnxModelStep
{
    /// <summary>Opens the model.</summary>
    /// <param name="catalog">Makes the step.</param>
    /// <param name="model">The attention model.</param>
    /// <param name="options">The GPU and the threads; the rest has no meaning for ML.NET's step.</param>
    /// <exception cref="InvalidOperationException">ONNX Runtime cannot run the model, or not on the GPU asked for.</exception>
    public static OnnxScoringEstimator Make(TransformsCatalog catalog, AttentionModel model, AttentionScoringOptions options)
    {
        NativeOnnxRuntime.Require();
        try
        {
            return Make(options.GpuDeviceId);
        }
        catch (EntryPointNotFoundException) when (options.GpuDeviceId is not null && options.FallbackToCpu)
        {
            // An ONNX Runtime built without CUDA has no entry point for it, which ML.NET does not take for a GPU's failure.
            return Make(null);
        }
        catch (EntryPointNotFoundException cause)
        {
            throw new InvalidOperationException(
                "The ONNX Runtime in use is one without CUDA. Reference Microsoft.ML.OnnxRuntime.Gpu instead of "
                + "Microsoft.ML.OnnxRuntime, allow the fallback to the CPU, or ask for no GPU.",
                cause);
        }

        OnnxScoringEstimator Make(int? gpuDeviceId) => FinalizersOnHold.While(() => catalog.ApplyOnnxModel(new OnnxOptions
        {
            ModelFile = model.Path,
            InputColumns = [model.InputName],
            OutputColumns = [.. model.OutputNames],
            GpuDeviceId = gpuDeviceId,
            FallbackToCpu = options.FallbackToCpu,
            IntraOpNumThreads = options.IntraOpNumThreads,
            InterOpNumThreads = options.InterOpNumThreads,
        }));
    }
}
