using Microsoft.ML.OnnxRuntime;

namespace DiffSeg.Cli.Doctor;

/// <summary>ONNX Runtime: its native library, what it can run on, and whether a GPU answers.</summary>
internal sealed class OnnxRuntimeCheck : ICheck
{
    private const string Cuda = "CUDAExecutionProvider";

    /// <inheritdoc/>
    public string Subject => "ONNX Runtime";

    /// <inheritdoc/>
    public IEnumerable<Finding> Examine()
    {
        OrtEnv environment = OrtEnv.Instance();
        string[] providers = environment.GetAvailableProviders();
        string bound = AssemblyFacts.VersionOf(typeof(OrtEnv).Assembly);
        yield return new Finding(
            Subject, Health.Good, $"{environment.GetVersionString()} (binding {bound}), {string.Join(", ", providers.Select(Short))}");
        yield return Gpu(providers.Contains(Cuda));
    }

    private static Finding Gpu(bool built)
    {
        if (!built)
        {
            return new Finding("GPU", Health.Note, "this ONNX Runtime has no CUDA; models run on the CPU");
        }

        try
        {
            using var options = new SessionOptions();
            options.AppendExecutionProvider_CUDA(0);
            return new Finding("GPU", Health.Good, "CUDA device 0 answers; use it with --gpu 0");
        }
        catch (OnnxRuntimeException problem)
        {
            string cause = problem.Message.Split('\n')[0].Trim();
            return new Finding("GPU", Health.Note, $"no CUDA device answers, models run on the CPU ({cause})");
        }
    }

    private static string Short(string provider) => provider.Replace("ExecutionProvider", "", StringComparison.Ordinal);
}
