using Microsoft.ML.OnnxRuntime;

namespace DiffSeg.MLNet.Scoring;

/// <summary>ONNX Runtime's native library, which the application brings, not this package.</summary>
internal static class NativeOnnxRuntime
{
    /// <summary>Loads it.</summary>
    /// <exception cref="InvalidOperationException">It is missing, or not one that goes with the binding.</exception>
    public static void Require() => Require(() => OrtEnv.Instance());

    /// <summary>Says in plain words that it is missing, of which the runtime tells by one of a family of exceptions.</summary>
    internal static void Require(Action load)
    {
        try
        {
            load();
        }
        catch (Exception cause) when (cause is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException or TypeInitializationException)
        {
            throw new InvalidOperationException(
                "ONNX Runtime's native library cannot be loaded. Add the package Microsoft.ML.OnnxRuntime, or "
                + "Microsoft.ML.OnnxRuntime.Gpu where there is CUDA, to the application.",
                cause);
        }
    }
}
