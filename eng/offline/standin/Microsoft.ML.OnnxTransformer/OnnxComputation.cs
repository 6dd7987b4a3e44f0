using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace DiffSeg.StandIn;

/// <summary>A model over the columns of one schema.</summary>
internal sealed class OnnxComputation : IRowComputation
{
    private readonly OnnxModel _model;
    private readonly OnnxTensor[] _inputs;
    private readonly OnnxTensor[] _outputs;
    private readonly int[] _columns;

    public OnnxComputation(OnnxModel model, OnnxTensor[] inputs, OnnxTensor[] outputs, DataViewSchema schema)
    {
        _model = model;
        _inputs = inputs;
        _outputs = outputs;
        _columns = Array.ConvertAll(inputs, tensor => Check(tensor, schema));
        // ML.NET cuts this ending from the column's name, but not from the name that its estimator promises.
        Outputs = [.. outputs.Select(t => new DataViewSchema.DetachedColumn(
            t.Name.EndsWith(".output", StringComparison.Ordinal) ? t.Name.Replace(".output", "") : t.Name, t.Type))];
    }

    public IReadOnlyList<DataViewSchema.DetachedColumn> Outputs { get; }

    public IEnumerable<int> InputsOf(int output) => _columns;

    public Delegate?[] MakeGetters(DataViewRow input, Func<int, bool> isActive, out Action? disposer)
    {
        var getters = new Delegate?[_outputs.Length];
        int[] active = [.. Enumerable.Range(0, _outputs.Length).Where(isActive)];
        disposer = null;
        if (active.Length == 0)
        {
            return getters;
        }

        Func<NamedOnnxValue>[] feeds =
            [.. _inputs.Select((tensor, i) => OnnxFeed.Make(tensor, input, input.Schema[_columns[i]]))];
        var run = new OnnxRun(_model, input, feeds, [.. active.Select(i => _outputs[i].Name)]);
        disposer = run.Dispose;
        foreach (int i in active)
        {
            getters[i] = _outputs[i].Item is TextDataViewType
                ? TextGetter(run, _outputs[i].Name)
                : Generic.Call<Delegate>(Getter<int>, [_outputs[i].Item.RawType], run, _outputs[i].Name);
        }
        return getters;
    }

    private static int Check(OnnxTensor tensor, DataViewSchema schema)
    {
        if (tensor.Shape.Count(d => d == 0) > 1)
        {
            throw new ArgumentOutOfRangeException(tensor.Name, "Only 1 unknown dimension is allowed");
        }

        DataViewSchema.Column column = schema.GetColumnOrNull(tensor.Name) ?? throw Guard.MissingColumn(tensor.Name);
        var vector = column.Type as VectorDataViewType;
        if (!Equals(vector?.ItemType ?? column.Type, tensor.Item))
        {
            throw Guard.WrongColumn(tensor.Name, tensor.Item, column.Type);
        }

        int length = vector?.Size ?? 1;
        int product = tensor.Shape.Aggregate((a, b) => a * b);
        Guard.State(product == 0 || length % product == 0, $"Input shape mismatch: Input '{tensor.Name}' has shape " +
            $"{string.Join(",", tensor.Shape)}, but input data is of length {length}.");
        return column.Index;
    }

    private static Delegate Getter<TItem>(OnnxRun run, string name) =>
        (ValueGetter<VBuffer<TItem>>)((ref VBuffer<TItem> value) =>
        {
            ReadOnlySpan<TItem> tensor = ((DenseTensor<TItem>)run.Output(name).AsTensor<TItem>()).Buffer.Span;
            var editor = VBufferEditor.Create(ref value, tensor.Length);
            tensor.CopyTo(editor.Values);
            value = editor.Commit();
        });

    private static ValueGetter<VBuffer<ReadOnlyMemory<char>>> TextGetter(OnnxRun run, string name) =>
        (ref VBuffer<ReadOnlyMemory<char>> value) =>
        {
            string[] texts = [.. run.Output(name).AsTensor<string>()];
            var editor = VBufferEditor.Create(ref value, texts.Length);
            for (int i = 0; i < texts.Length; i++)
            {
                editor.Values[i] = texts[i].AsMemory();
            }

            value = editor.Commit();
        };
}
