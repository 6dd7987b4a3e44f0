using Microsoft.ML.OnnxRuntime;

namespace DiffSeg.MLNet.Scoring;

/// <summary>Where the attention of a run's rows goes: memory for the outputs asked for, bound to the model once.</summary>
internal sealed class ScoredTensors(AttentionSession session, ScoringOutput[] outputs, RowsPerRun rows) : IDisposable
{
    private readonly NativeTensor?[] _tensors = new NativeTensor?[outputs.Length];
    private OrtIoBinding? _binding;
    private int _bound;

    /// <summary>The values of an output for a row of the last run; it must be among those that the run was for.</summary>
    public ReadOnlySpan<float> Read(int output, int row) => _tensors[output]!.Row(row);

    /// <summary>What a run reads from and writes to.</summary>
    /// <param name="inputs">The model's inputs by name; the same every time.</param>
    /// <param name="wanted">Which outputs are asked for: only ever more.</param>
    /// <param name="fed">With how many rows.</param>
    public OrtIoBinding Bind(IEnumerable<ModelInput> inputs, bool[] wanted, int fed)
    {
        if (_binding is null || _bound != fed)
        {
            _binding?.Dispose();
            _binding = session.Bind();
            _bound = fed;
            foreach (ModelInput input in inputs)
            {
                _binding.BindInput(input.Name, input.Values.First(input.PerRow ? fed : 1));
            }

            for (int i = 0; i < outputs.Length; i++)
            {
                BindOutput(i);
            }
        }

        for (int i = 0; i < outputs.Length; i++)
        {
            if (wanted[i] && _tensors[i] is null)
            {
                _tensors[i] = new NativeTensor(outputs[i].Shape, rows.Most);
                BindOutput(i);
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

    private void BindOutput(int output)
    {
        if (_tensors[output] is { } tensor)
        {
            _binding!.BindOutput(outputs[output].Name, tensor.First(_bound));
        }
    }
}
