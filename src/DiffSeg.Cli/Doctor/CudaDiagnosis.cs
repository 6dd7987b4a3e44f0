using System.Text.RegularExpressions;

namespace DiffSeg.Cli.Doctor;

/// <summary>Why CUDA does not work, from what ONNX Runtime and the system's loader say, and what to do about it.</summary>
internal static partial class CudaDiagnosis
{
    /// <summary>The words for a build of ONNX Runtime that has no CUDA in it.</summary>
    public const string NotBuilt =
        "this ONNX Runtime has no CUDA; models run on the CPU. For an NVIDIA GPU use the package Microsoft.ML.OnnxRuntime.Gpu (x64 Linux and Windows)";

    private const string Requirements = "the versions that fit are at https://onnxruntime.ai/docs/execution-providers/CUDA-ExecutionProvider.html";

    /// <summary>The cause and the remedy, in a line.</summary>
    /// <param name="message">What ONNX Runtime said.</param>
    public static string Of(string message)
    {
        string text = message.ReplaceLineEndings(" ");
        if (text.Contains("not enabled in this build", StringComparison.OrdinalIgnoreCase))
        {
            return NotBuilt;
        }

        if (MissingLibrary().Match(text) is { Success: true } missing)
        {
            return $"{Missing(missing.Groups["name"].Value, missing.Value)}; models run on the CPU";
        }

        if (text.Contains("LoadLibrary failed", StringComparison.Ordinal))
        {
            return $"a library that CUDA needs is missing: install CUDA and cuDNN and put their folders on the PATH ({Requirements}); models run on the CPU";
        }

        if (CudaError().Match(text) is { Success: true } error)
        {
            return $"{Failure(error.Groups["number"].Value, text)}; models run on the CPU";
        }

        return $"no CUDA device answers, models run on the CPU ({Short(text)})";
    }

    private static string Missing(string name, string file) => name switch
    {
        "cuda" => $"the NVIDIA driver is missing ({file}): install it (in a container, start it with the GPU: --gpus all)",
        "cudnn" => $"cuDNN is missing ({file}): install the cuDNN of that number, or put its folder on LD_LIBRARY_PATH ({Requirements})",
        "onnxruntime_providers_cuda" or "onnxruntime_providers_shared" =>
            $"ONNX Runtime's own library {file} is missing beside libonnxruntime.so: use the package Microsoft.ML.OnnxRuntime.Gpu whole",
        _ => $"a library of the CUDA toolkit is missing ({file}): install the CUDA of that number, or put its folder on LD_LIBRARY_PATH ({Requirements})",
    };

    private static string Failure(string number, string text) => number switch
    {
        "35" => "the NVIDIA driver is too old for this CUDA: install a newer driver",
        "100" => "there is no NVIDIA GPU, or it is hidden (CUDA_VISIBLE_DEVICES, a container without --gpus)",
        "2" => "the GPU has no memory left: end other programs on it",
        _ => $"CUDA fails ({Short(text)})",
    };

    private static string Short(string text) => text.Length <= 200 ? text.Trim() : $"{text[..200].Trim()}...";

    [GeneratedRegex(@"lib(?<name>cudart|cudnn|cublasLt|cublas|cufft|curand|cusparse|nvrtc|nvJitLink|cuda|onnxruntime_providers_cuda|onnxruntime_providers_shared)[\w.-]*\.so[\d.]*(?=: cannot open)")]
    private static partial Regex MissingLibrary();

    [GeneratedRegex(@"CUDA (failure|error:?) (?<number>\d+)", RegexOptions.IgnoreCase)]
    private static partial Regex CudaError();
}
