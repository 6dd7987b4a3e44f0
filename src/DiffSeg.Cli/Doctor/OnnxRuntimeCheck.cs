using Microsoft.ML.OnnxRuntime;

namespace DiffSeg.Cli.Doctor;

/// <summary>ONNX Runtime: its native library, what it was built with, and which of that works here.</summary>
internal sealed class OnnxRuntimeCheck : ICheck
{
    private const string Suffix = "ExecutionProvider";
    private const string Cuda = "CUDA";

    /// <inheritdoc/>
    public string Subject => "ONNX Runtime";

    /// <inheritdoc/>
    public IEnumerable<Finding> Examine()
    {
        OrtEnv environment = OrtEnv.Instance();
        string[] providers = [.. environment.GetAvailableProviders().Select(Short)];
        string bound = AssemblyFacts.VersionOf(typeof(OrtEnv).Assembly);
        yield return new Finding(Subject, Health.Good, $"{environment.GetVersionString()} (binding {bound}), built with {string.Join(", ", providers)}");
        yield return providers.Contains(Cuda) ? TryCuda() : new Finding("GPU", Health.Note, CudaDiagnosis.NotBuilt);
    }

    // The library of the provider, its CUDA and the driver are all loaded here, or named in the error.
    private static Finding TryCuda()
    {
        try
        {
            using var options = new SessionOptions();
            options.AppendExecutionProvider_CUDA(0);
            return new Finding("GPU", Health.Good, "CUDA device 0 answers; use it with --gpu 0");
        }
        catch (EntryPointNotFoundException)
        {
            return new Finding("GPU", Health.Note, CudaDiagnosis.NotBuilt);
        }
        catch (OnnxRuntimeException problem)
        {
            return new Finding("GPU", Health.Note, CudaDiagnosis.Of(problem.Message));
        }
    }

    private static string Short(string provider) => provider.Replace(Suffix, "", StringComparison.Ordinal);
}
