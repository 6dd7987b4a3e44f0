using DiffSeg.Onnx;

namespace DiffSeg.Cli.Segmenting;

/// <summary>Why a model cannot be run, in the words of the command line.</summary>
internal static class ModelFailure
{
    /// <summary>A sentence that names the option.</summary>
    /// <param name="problem">What was thrown.</param>
    /// <param name="model">The model.</param>
    /// <param name="gpu">The CUDA device that it was to run on; null for the CPU.</param>
    public static string Text(Exception problem, AttentionModel model, int? gpu)
    {
        string cause = problem.GetBaseException() is EntryPointNotFoundException && gpu is not null
            ? "this ONNX Runtime was built without CUDA."
            : $"{problem.GetBaseException().Message.ReplaceLineEndings(" ").TrimEnd('.', ' ')}.";
        return gpu is { } device
            ? $"--gpu {device}: ONNX Runtime cannot run '{model.Path}' there: {cause} 'diffseg doctor' shows what is available; without --gpu the CPU is used."
            : $"--model: ONNX Runtime cannot run '{model.Path}': {cause}";
    }
}
