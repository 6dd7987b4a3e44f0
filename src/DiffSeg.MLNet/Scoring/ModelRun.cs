using DiffSeg.Onnx;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;

namespace DiffSeg.MLNet.Scoring;

/// <summary>Runs the model for the current row of one input; for one thread at a time.</summary>
internal sealed class ModelRun : IDisposable
{
    private readonly AttentionSession _session;
    private readonly string _inputName;
    private readonly ValueGetter<VBuffer<float>> _pixels;
    private readonly NativeTensor _input;
    private readonly List<(string Name, NativeTensor Values)> _inputs;
    private readonly RunOptions _options = new();
    private VBuffer<float> _values;

    public ModelRun(ScoringMapping mapping, DataViewRow input)
    {
        _session = mapping.Session;
        _inputName = mapping.Pixels.Name;
        _pixels = input.GetGetter<VBuffer<float>>(mapping.Pixels);
        _input = new NativeTensor(mapping.InputShape);
        _inputs = [(_inputName, _input)];
        if (mapping.FirstKlThreshold is { } threshold)
        {
            var fed = new NativeTensor([1]);
            fed.Write()[0] = threshold;
            _inputs.Add((FirstMerge.ThresholdName, fed));
        }
    }

    /// <summary>Runs the model.</summary>
    /// <param name="into">Where the attention goes.</param>
    /// <param name="wanted">Which outputs are asked for.</param>
    public void Execute(ScoredTensors into, bool[] wanted)
    {
        _pixels(ref _values);
        Span<float> input = _input.Write();
        if (_values.Length != input.Length)
        {
            throw new InvalidOperationException(
                $"Column '{_inputName}' holds {_values.Length} values; the model takes {input.Length}.");
        }

        // Zeros that are left out are filled in.
        _values.CopyTo(input);
        _session.Run(_options, into.Bind(_inputs, wanted));
    }

    /// <summary>Breaks off a run that another thread is in, and all later ones.</summary>
    public void Cancel() => _options.Terminate = true;

    public void Dispose()
    {
        _inputs.ForEach(input => input.Values.Dispose());
        _options.Dispose();
    }
}
