using Microsoft.ML.Transforms.Onnx;

namespace Microsoft.ML;

public static class OnnxCatalog
{
    public static OnnxScoringEstimator ApplyOnnxModel(
        this TransformsCatalog catalog, string[] outputColumnNames, string[] inputColumnNames, string modelFile,
        int? gpuDeviceId = null, bool fallbackToCpu = false) =>
        catalog.ApplyOnnxModel(new OnnxOptions
        {
            OutputColumns = outputColumnNames,
            InputColumns = inputColumnNames,
            ModelFile = modelFile,
            GpuDeviceId = gpuDeviceId,
            FallbackToCpu = fallbackToCpu,
        });

    public static OnnxScoringEstimator ApplyOnnxModel(this TransformsCatalog catalog, OnnxOptions options)
    {
        Guard.NotNull(options, nameof(options));
        MLContext context = catalog.Context;
        // What names no device takes the context's, with the context's word on falling back.
        SessionSettings settings = options.GpuDeviceId is null && context.GpuDeviceId is not null
            ? new SessionSettings(options, context.GpuDeviceId, context.FallbackToCpu)
            : new SessionSettings(options, options.GpuDeviceId, options.FallbackToCpu);
        return new OnnxScoringEstimator(new OnnxTransformer(settings));
    }
}
