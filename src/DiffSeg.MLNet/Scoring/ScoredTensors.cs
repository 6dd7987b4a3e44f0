using Microsoft.ML.OnnxRuntime;

namespace DiffSeg.MLNet.Scoring;

/// <summary>Where a row's attention goes: memory for the outputs asked for, bound to the model once.</summary>
internal sealed class ScoredTensors : IDisposable
{
    private readonly AttentionSession _session;
    private readonly ScoringOutput[] _outputs;
    private readonly NativeTensor?[] _tensors;
    private OrtIoBinding? _binding;

    public ScoredTensors(AttentionSession session, ScoringOutput[] outputs)
    {
        _session = session;
        _outputs = outputs;
        _tensors = new NativeTensor?[outputs.Length];
    }

    /// <summary>The values of an output; it must be among those that the last run was for.</summary>
    public ReadOnlySpan<float> Read(int output) => _tensors[output]!.Read();

    /// <summary>What a run reads from and writes to.</summary>
    /// <param name="inputs">The model's inputs by name; the same every time.</param>
    /// <param name="wanted">Which outputs are asked for: only ever more.</param>
    public OrtIoBinding Bind(IEnumerable<(string Name, NativeTensor Values)> inputs, bool[] wanted)
    {
        if (_binding is null)
        {
            _binding = _session.Bind();
            foreach ((string name, NativeTensor values) in inputs)
            {
                _binding.BindInput(name, values.Value);
            }
        }

        for (int i = 0; i < _outputs.Length; i++)
        {
            if (wanted[i] && _tensors[i] is null)
            {
                var tensor = new NativeTensor([.. _outputs[i].Shape.Select(side => (long)side)]);
                _binding.BindOutput(_outputs[i].Name, tensor.Value);
                _tensors[i] = tensor;
            }
        }

        return _binding;
    }

    public void Dispose()
    {
        _binding?.Dispose();
        _binding = null;
        for (int i = 0; i < _tensors.Length; i++)
        {
            _tensors[i]?.Dispose();
            _tensors[i] = null;
        }
    }
}
