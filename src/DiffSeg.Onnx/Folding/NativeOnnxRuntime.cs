using Microsoft.ML.OnnxRuntime;

namespace DiffSeg.Onnx.Folding;

/// <summary>ONNX Runtime's native library, which the application brings, not this package.</summary>
internal static class NativeOnnxRuntime
{
    /// <summary>Fails in plain words where it is missing, before anything else is done.</summary>
    /// <exception cref="InvalidOperationException">It is missing, or not one that goes with the binding.</exception>
    public static void Require()
    {
        try
        {
            OrtEnv.Instance();
        }
        catch (Exception cause) when (cause is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException or TypeInitializationException)
        {
            throw new InvalidOperationException(
                "ONNX Runtime's native library cannot be loaded, and building an attention model needs it. Add the package "
                + "Microsoft.ML.OnnxRuntime, or Microsoft.ML.OnnxRuntime.Gpu, to the application.",
                cause);
        }
    }
}
