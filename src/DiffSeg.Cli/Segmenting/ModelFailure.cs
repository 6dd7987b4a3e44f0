using DiffSeg.Cli.CommandLine;
using DiffSeg.Onnx;

namespace DiffSeg.Cli.Segmenting;

/// <summary>Why a chain could not be made, in the words of the command line.</summary>
internal static class ModelFailure
{
    /// <summary>A sentence that names the option.</summary>
    /// <param name="problem">What was thrown.</param>
    /// <param name="model">The model.</param>
    /// <param name="settings">What it was to run on.</param>
    public static string Text(Exception problem, AttentionModel model, ModelSettings settings)
    {
        string cause = problem.GetBaseException() is EntryPointNotFoundException && settings.Gpu is not null
            ? "this ONNX Runtime was built without CUDA."
            : $"{problem.GetBaseException().Message.ReplaceLineEndings(" ").TrimEnd('.', ' ')}.";
        return settings.Gpu is { } gpu
            ? $"--gpu {gpu}: ONNX Runtime cannot run '{model.Path}' there: {cause} 'diffseg doctor' shows what is available; without --gpu the CPU is used."
            : $"--model: ONNX Runtime cannot run '{model.Path}': {cause}";
    }
}
