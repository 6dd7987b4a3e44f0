using DiffSeg.Cli.Doctor;

namespace DiffSeg.Cli.Tests.Doctor;

/// <summary>Messages of ONNX Runtime and the loader as they are reported in public, and what is made of them.</summary>
public class CudaDiagnosisTests
{
    private const string Linux =
        "[ErrorCode:RuntimeException] /onnxruntime_src/onnxruntime/core/session/provider_bridge_ort.cc:1952 onnxruntime::Provider& onnxruntime::ProviderLibrary::Get() "
        + "[ONNXRuntimeError] : 1 : FAIL : Failed to load library libonnxruntime_providers_cuda.so with error: LIB: cannot open shared object file: No such file or directory";

    [Theory]
    [InlineData("libcublasLt.so.12", "a library of the CUDA toolkit is missing (libcublasLt.so.12): install the CUDA of that number")]
    [InlineData("libcudart.so.13", "a library of the CUDA toolkit is missing (libcudart.so.13): install the CUDA of that number")]
    [InlineData("libcufft.so.11", "a library of the CUDA toolkit is missing (libcufft.so.11): install the CUDA of that number")]
    [InlineData("libcudnn.so.9", "cuDNN is missing (libcudnn.so.9): install the cuDNN of that number, or put its folder on LD_LIBRARY_PATH")]
    [InlineData("libcudnn_adv.so.9", "cuDNN is missing (libcudnn_adv.so.9): install the cuDNN of that number")]
    [InlineData("libcuda.so.1", "the NVIDIA driver is missing (libcuda.so.1): install it")]
    [InlineData("libonnxruntime_providers_cuda.so", "ONNX Runtime's own library libonnxruntime_providers_cuda.so is missing beside libonnxruntime.so")]
    public void Missing_library_is_named_with_what_to_install(string library, string start)
    {
        string text = CudaDiagnosis.Of(Linux.Replace("LIB", library, StringComparison.Ordinal));

        Assert.StartsWith(start, text, StringComparison.Ordinal);
        Assert.EndsWith("; models run on the CPU", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[ErrorCode:Fail] CUDA execution provider is not enabled in this build. ", "this ONNX Runtime has no CUDA; models run on the CPU. For an NVIDIA GPU use the package Microsoft.ML.OnnxRuntime.Gpu (x64 Linux and Windows)")]
    [InlineData("FAIL : LoadLibrary failed with error 126 \"\" when trying to load \"C:\\a\\onnxruntime_providers_cuda.dll\"", "a library that CUDA needs is missing: install CUDA and cuDNN and put their folders on the PATH (the versions that fit are at https://onnxruntime.ai/docs/execution-providers/CUDA-ExecutionProvider.html); models run on the CPU")]
    [InlineData("CUDA failure 35: CUDA driver version is insufficient for CUDA runtime version ; GPU=0", "the NVIDIA driver is too old for this CUDA: install a newer driver; models run on the CPU")]
    [InlineData("CUDA failure 100: no CUDA-capable device is detected ; GPU=-1", "there is no NVIDIA GPU, or it is hidden (CUDA_VISIBLE_DEVICES, a container without --gpus); models run on the CPU")]
    [InlineData("CUDA failure 999: unknown error", "CUDA fails (CUDA failure 999: unknown error); models run on the CPU")]
    [InlineData("something\nelse", "no CUDA device answers, models run on the CPU (something else)")]
    public void Other_causes_are_told_with_what_to_do(string message, string text) => Assert.Equal(text, CudaDiagnosis.Of(message));
}
