using System.Globalization;
using System.Numerics.Tensors;
using DiffSeg.Onnx;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;

namespace DiffSeg.MLNet.Scoring;

/// <summary>Runs the model for rows of one input, which are taken in one by one; for one thread at a time.</summary>
internal sealed class ModelRun : IDisposable
{
    // 1, and what rounding adds.
    private const float MostPixel = 1.001f;
    private readonly AttentionSession _session;
    private readonly RowsPerRun _rows;
    private readonly string _inputName;
    private readonly ValueGetter<VBuffer<float>> _pixels;
    private readonly NativeTensor _input;
    private readonly List<ModelInput> _inputs;
    private readonly RunOptions _options = new();
    private VBuffer<float> _values;

    /// <param name="mapping">The columns.</param>
    /// <param name="input">The row that moves.</param>
    /// <param name="rows">How many rows a run takes.</param>
    public ModelRun(ScoringMapping mapping, DataViewRow input, RowsPerRun rows)
    {
        _session = mapping.Session;
        _rows = rows;
        _inputName = mapping.Pixels.Name;
        _pixels = input.GetGetter<VBuffer<float>>(mapping.Pixels);
        _input = new NativeTensor(mapping.InputShape, rows.Most);
        _inputs = [new(_inputName, _input, PerRow: true)];
        if (mapping.FirstKlThreshold is { } threshold)
        {
            var fed = new NativeTensor([1], 1);
            fed.Row(0)[0] = threshold;
            _inputs.Add(new(FirstMerge.ThresholdName, fed, PerRow: false));
        }
    }

    /// <summary>Takes the input's current row in.</summary>
    /// <param name="row">Which one of the run it is, from 0.</param>
    public void Take(int row)
    {
        _pixels(ref _values);
        Span<float> input = _input.Row(row);
        if (_values.Length != input.Length)
        {
            throw new InvalidOperationException(
                $"Column '{_inputName}' holds {_values.Length} values; the model takes {input.Length}.");
        }

        // Zeros that are left out are filled in.
        _values.CopyTo(input);
        float found = TensorPrimitives.MaxMagnitude<float>(input);
        if (Math.Abs(found) > MostPixel)
        {
            // Whoever left the scale out would get masks, of something else than the picture.
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"Column '{_inputName}' holds {found}; the model takes values from -1 to 1, as ExtractPixels gives them with "
                + $"offsetImage: 127.5f, scaleImage: 1 / 127.5f."));
        }
    }

    /// <summary>Leaves a row of the run without a picture.</summary>
    public void Skip(int row) => _input.Row(row).Clear();

    /// <summary>Runs the model for the rows taken in.</summary>
    /// <param name="into">Where the attention goes.</param>
    /// <param name="wanted">Which outputs are asked for.</param>
    /// <param name="rows">How many rows there are.</param>
    public void Execute(ScoredTensors into, bool[] wanted, int rows)
    {
        int fed = _rows.Fed(rows);
        for (int missing = rows; missing < fed; missing++)
        {
            Skip(missing);
        }

        _session.Run(_options, into.Bind(_inputs, wanted, fed));
    }

    /// <summary>Breaks off a run that another thread is in, and all later ones.</summary>
    public void Cancel() => _options.Terminate = true;

    public void Dispose()
    {
        _inputs.ForEach(input => input.Values.Dispose());
        _options.Dispose();
    }
}
