using System.CommandLine;

namespace DiffSeg.Cli.CommandLine;

/// <summary>Which attention model, and what it runs on.</summary>
internal sealed class ModelOptions
{
    private readonly Option<string> _model = new("--model", "-m")
    {
        Description = "Attention model: an ONNX file, the name of a pulled model (diffseg model list), or demo for the built-in one (a preview without learned weights).",
        HelpName = ModelSource.HelpName,
        DefaultValueFactory = _ => ModelSource.Demo,
    };

    private readonly Option<int?> _gpu = GpuOption.Create();

    private readonly Option<int?> _threads = new("--threads")
    {
        Description = "Threads to use at most, by the model and by the merging; all cores if not given.",
        HelpName = "N",
        CustomParser = Values.OptionalWhole(1, 1024, "a number of threads from 1 to 1024"),
    };

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        command.Options.Add(_model);
        command.Options.Add(_gpu);
        command.Options.Add(_threads);
    }

    /// <summary>What was given.</summary>
    /// <param name="result">The parsed command line.</param>
    public ModelSettings Read(ParseResult result) =>
        new(result.GetValue(_model)!, result.GetValue(_gpu), result.GetValue(_threads));
}

/// <summary>Which attention model, and what it runs on.</summary>
/// <param name="Model">"demo", the name of a pulled model, or a file.</param>
/// <param name="Gpu">CUDA device; null for the CPU.</param>
/// <param name="Threads">Threads at most; null for all cores.</param>
internal sealed record ModelSettings(string Model, int? Gpu, int? Threads);

/// <summary>The option that names a GPU.</summary>
internal static class GpuOption
{
    /// <summary>Makes it.</summary>
    public static Option<int?> Create() => new("--gpu")
    {
        Description = "Run the model on this CUDA device, 0 for the first. Without it the model runs on the CPU.",
        HelpName = "ID",
        CustomParser = Values.OptionalWhole(0, 255, "the number of a GPU, 0 for the first"),
    };
}
