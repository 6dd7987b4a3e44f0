using DiffSeg.Onnx.Format;
using Microsoft.ML.OnnxRuntime;

namespace DiffSeg.Onnx.StableDiffusion;

/// <summary>A CLIP text encoder in ONNX Runtime, on the CPU, for one run on the empty prompt.</summary>
internal sealed class TextEncoder : IDisposable
{
    private readonly ModelPart _part;
    private readonly SessionOptions _options;
    private readonly InferenceSession _session;

    /// <summary>Loads the model.</summary>
    /// <exception cref="AttentionModelException">It is not a whole ONNX model, or ONNX Runtime cannot load it on the CPU.</exception>
    public TextEncoder(ModelPart part)
    {
        // Names what is missing or damaged, and refuses data outside the folder, better than ONNX Runtime does.
        OnnxModelFile.Read(part.Path);

        _part = part;
        _options = new SessionOptions
        {
            // For one run, optimising costs more than it saves; and weights that stay as they are in the file are
            // mapped from it, not copied (SDXL's second encoder has 2.8 GB).
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL,
            EnableCpuMemArena = false,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        _options.AddSessionConfigEntry("session.disable_prepacking", "1");
        try
        {
            _session = new InferenceSession(part.Path, _options);
        }
        catch (OnnxRuntimeException cause)
        {
            _options.Dispose();
            throw Failed("a text encoder that ONNX Runtime loads on the CPU", cause);
        }
    }

    /// <summary>Runs the empty prompt.</summary>
    /// <param name="names">The outputs to keep, in the order to return them.</param>
    /// <exception cref="AttentionModelException">The inputs are not a text encoder's, or ONNX Runtime fails.</exception>
    public IReadOnlyList<TextTensor> Run(IReadOnlyList<string> names)
    {
        IReadOnlyCollection<NamedOnnxValue> inputs = new TextInputs(_part, _session.InputMetadata).EmptyPrompt(HiddenWidth());
        try
        {
            using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> outputs = _session.Run(inputs, [.. names]);
            return [.. outputs.Select(o => TextTensor.Of(_part.Path, o))];
        }
        catch (OnnxRuntimeException cause)
        {
            throw Failed("a text encoder that runs on the empty prompt", cause);
        }
    }

    /// <summary>The outputs' names and shapes as the file declares them; sizes below 1 are not fixed.</summary>
    public TextOutputs Outputs => new(_part, _session.OutputMetadata);

    public void Dispose()
    {
        _session.Dispose();
        _options.Dispose();
    }

    private int? HiddenWidth() => _part.Config?.Integer("hidden_size")
        ?? _session.OutputMetadata.Values.Select(o => o.Dimensions).FirstOrDefault(d => d is [_, _, > 0])?[2];

    private AttentionModelException Failed(string expected, OnnxRuntimeException cause) => new(
        _part.Path, expected, cause.Message,
        "Exports for a GPU (fused operators) may not run on the CPU: name the text encoder of an unfused export of the "
            + $"same family (AttentionModelOptions.TextEncoder), or {PromptEmbedding.HowToGiveFile}.",
        cause);
}
