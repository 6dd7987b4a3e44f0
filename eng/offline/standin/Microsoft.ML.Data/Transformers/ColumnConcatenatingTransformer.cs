using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Puts columns of one item type one after the other into one vector.</summary>
public sealed class ColumnConcatenatingTransformer : RowToRowTransformerBase
{
    private readonly string _output;
    private readonly string[] _inputs;

    internal ColumnConcatenatingTransformer(string output, string[] inputs)
    {
        _output = output;
        _inputs = inputs;
    }

    private protected override IRowComputation Compute(DataViewSchema inputSchema) => new Computation(
        _output,
        Array.ConvertAll(_inputs, name => inputSchema.GetColumnOrNull(name) ?? throw Guard.MissingColumn(name)));

    private protected override void SaveModel(ModelSaveContext context)
    {
        context.SetLoader<Loader>();
        context.Writer.Write(_output);
        context.WriteStrings(_inputs);
    }

    private sealed class Computation : IRowComputation
    {
        private readonly DataViewSchema.Column[] _columns;
        private readonly Type _item;

        public Computation(string output, DataViewSchema.Column[] columns)
        {
            _columns = columns;
            var item = ItemOf(columns[0]);
            foreach (DataViewSchema.Column column in columns.Where(c => !Equals(ItemOf(c), item)))
            {
                throw Guard.WrongColumn(column.Name, item, ItemOf(column));
            }

            _item = item.RawType;
            bool known = columns.All(c => c.Type is not VectorDataViewType { IsKnownSize: false });
            int size = known ? columns.Sum(c => c.Type is VectorDataViewType vector ? vector.Size : 1) : 0;
            DataViewType type = columns is [{ Type: VectorDataViewType single }]
                ? single : new VectorDataViewType(item, size);
            Outputs = [new(output, type)];
        }

        public IReadOnlyList<DataViewSchema.DetachedColumn> Outputs { get; }

        public IEnumerable<int> InputsOf(int output) => _columns.Select(c => c.Index);

        public Delegate?[] MakeGetters(DataViewRow input, Func<int, bool> isActive, out Action? disposer)
        {
            disposer = null;
            return [isActive(0) ? Generic.Call<Delegate>(Getter<int>, [_item], input) : null];
        }

        private Delegate Getter<TItem>(DataViewRow input)
        {
            Func<VBuffer<TItem>>[] parts = Array.ConvertAll(_columns, c => Part<TItem>(input, c));
            return (ValueGetter<VBuffer<TItem>>)((ref VBuffer<TItem> value) =>
            {
                VBuffer<TItem>[] vectors = Array.ConvertAll(parts, part => part());
                var editor = VBufferEditor.Create(ref value, vectors.Sum(v => v.Length));
                int start = 0;
                foreach (VBuffer<TItem> vector in vectors)
                {
                    vector.CopyTo(editor.Values, start);
                    start += vector.Length;
                }
                value = editor.Commit();
            });
        }

        private static Func<VBuffer<TItem>> Part<TItem>(DataViewRow input, DataViewSchema.Column column)
        {
            if (column.Type is VectorDataViewType)
            {
                var getVector = input.GetGetter<VBuffer<TItem>>(column);
                VBuffer<TItem> vector = default;
                return () =>
                {
                    getVector(ref vector);
                    return vector;
                };
            }
            var getItem = input.GetGetter<TItem>(column);
            var item = new TItem[1];
            return () =>
            {
                getItem(ref item[0]);
                return new VBuffer<TItem>(1, item);
            };
        }

        private static PrimitiveDataViewType ItemOf(DataViewSchema.Column column) =>
            column.Type as PrimitiveDataViewType ?? (column.Type as VectorDataViewType)?.ItemType
            ?? throw Guard.WrongColumn(column.Name, "a primitive type or a vector", column.Type);
    }

    private sealed class Loader : IModelLoader
    {
        public ITransformer Load(IHostEnvironment environment, ModelLoadContext context) =>
            new ColumnConcatenatingTransformer(context.Reader.ReadString(), context.ReadStrings());
    }
}
