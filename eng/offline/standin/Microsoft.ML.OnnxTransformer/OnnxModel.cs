using Microsoft.ML.OnnxRuntime;

namespace DiffSeg.StandIn;

/// <summary>A session and the file that it reads, which stays open as in ML.NET.</summary>
internal sealed class OnnxModel : IDisposable
{
    private readonly InferenceSession _session;
    private readonly FileStream _file;
    private readonly OnnxTensor[] _inputs;
    private readonly OnnxTensor[] _outputs;

    public OnnxModel(SessionSettings settings, bool ownsFile)
    {
        _session = settings.Open();
        try
        {
            _file = new FileStream(settings.ModelFile, FileMode.Open, FileAccess.Read, FileShare.Read, 4096,
                ownsFile ? FileOptions.DeleteOnClose : FileOptions.None);
            _inputs = [.. _session.InputMetadata.Select(t => OnnxTensor.Of(t.Key, t.Value, settings.Shapes))];
            _outputs = [.. _session.OutputMetadata.Select(t => OnnxTensor.Of(t.Key, t.Value, settings.Shapes))];
        }
        catch
        {
            _file?.Dispose();
            _session.Dispose();
            throw;
        }
    }

    public string Path => _file.Name;

    public OnnxTensor[] Inputs(string[] names) => Choose(_inputs, names, "Input tensor", "input");

    // "Ouput" is ML.NET's own word.
    public OnnxTensor[] Outputs(string[] names) => Choose(_outputs, names, "Ouput tensor", "output");

    public IDisposableReadOnlyCollection<DisposableNamedOnnxValue> Run(
        IReadOnlyCollection<NamedOnnxValue> inputs, IReadOnlyCollection<string> outputs) =>
        _session.Run(inputs, outputs);

    public void Dispose()
    {
        _session.Dispose();
        _file.Dispose();
    }

    /// <summary>The tensors of these names. The exception's arguments are swapped, as ML.NET has them.</summary>
    private static OnnxTensor[] Choose(OnnxTensor[] all, string[] names, string role, string kind) => names.Length == 0
        ? all
        : Array.ConvertAll(names, name => Array.Find(all, t => t.Name == name)
            ?? throw new ArgumentOutOfRangeException(
                $"{role}, {name}, does not exist in the ONNX model. Available {kind} names are " +
                $"[{string.Join(",", all.Select(t => t.Name))}].", name, nameof(name)));
}
