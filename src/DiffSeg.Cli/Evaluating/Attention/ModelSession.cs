using DiffSeg.Cli.Segmenting;
using DiffSeg.MLNet;
using DiffSeg.Onnx;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.Cli.Evaluating.Attention;

/// <summary>An attention model, opened by ML.NET's step when the first picture needs it.</summary>
/// <param name="model">The model.</param>
/// <param name="gpu">CUDA device; null for the CPU.</param>
/// <param name="threads">Threads at most; null for all cores.</param>
internal sealed class ModelSession(AttentionModel model, int? gpu, int? threads) : IDisposable
{
    private readonly MLContext _context = new();
    private AttentionScoringTransformer? _step;

    /// <summary>The shapes of the attention that it gives.</summary>
    public IReadOnlyList<AttentionShape> Shapes { get; } = [.. model.Outputs.Select(output => output.Shape)];

    /// <summary>How often the model has run.</summary>
    public int Runs { get; private set; }

    /// <summary>Opens the model, if it is not open.</summary>
    /// <exception cref="SetupException">ONNX Runtime cannot run it.</exception>
    public void Open()
    {
        if (_step is not null)
        {
            return;
        }

        try
        {
            // What is ahead is the business of the stream: it reads kept attention ahead, too.
            var options = new AttentionScoringOptions { LookAhead = 0, GpuDeviceId = gpu, IntraOpNumThreads = threads };
            _step = _context.Transforms.ApplyAttentionModel(model, options).Fit(View([]));
        }
        catch (Exception problem)
        {
            // A missing native library or entry point shows itself as almost any exception.
            throw new SetupException(ModelFailure.Text(problem, model, gpu), problem);
        }
    }

    /// <summary>A cursor over rows that come one by one, for one place of attention.</summary>
    /// <param name="rows">The rows; walked as the cursor moves.</param>
    /// <exception cref="SetupException">ONNX Runtime cannot run the model.</exception>
    public DataViewRowCursor Cursor(IEnumerable<Row> rows)
    {
        Open();
        IDataView view = _step!.Transform(View(rows));

        // A set of one: ML.NET may let a plain cursor read ahead, and there is nothing ahead.
        return view.GetRowCursorSet(view.Schema.Where(column => model.OutputNames.Contains(column.Name)), 1)[0];
    }

    /// <summary>The name of an output.</summary>
    /// <param name="tensor">Its position.</param>
    public string OutputName(int tensor) => model.OutputNames[tensor];

    /// <summary>Counts a run.</summary>
    public void Count() => Runs++;

    /// <summary>Closes the model.</summary>
    public void Dispose() => _step?.Dispose();

    private IDataView View(IEnumerable<Row> rows)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Row));
        SchemaDefinition.Column pixels = schema[nameof(Row.Pixels)];
        pixels.ColumnName = model.InputName;
        pixels.ColumnType = new VectorDataViewType(NumberDataViewType.Single, 3, model.ImageHeight, model.ImageWidth);
        return _context.Data.LoadFromEnumerable(rows, schema);
    }

    /// <summary>A picture as the model takes it.</summary>
    internal sealed class Row
    {
        /// <summary>[3, H, W].</summary>
        public float[] Pixels { get; set; } = [];
    }
}
