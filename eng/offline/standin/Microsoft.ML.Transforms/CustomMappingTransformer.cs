using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Columns that the user's own function computes from a row object into another one, once a row.</summary>
public sealed class CustomMappingTransformer<TSrc, TDst> : ITransformer
    where TSrc : class, new()
    where TDst : class, new()
{
    private readonly Action<TSrc, TDst> _map;
    private readonly string? _contract;
    private readonly SchemaDefinition? _inputDefinition;

    internal CustomMappingTransformer(
        Action<TSrc, TDst> map, string? contract, SchemaDefinition? input = null, SchemaDefinition? output = null)
    {
        _map = Guard.NotNull(map, "mapAction");
        _contract = contract;
        _inputDefinition = input;
        AddedColumns = MemberColumn.Of(typeof(TDst), output, SchemaDefinition.Direction.Write);
    }

    bool ITransformer.IsRowToRowMapper => true;

    internal MemberColumn[] AddedColumns { get; }

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Map(inputSchema).OutputSchema;

    public IDataView Transform(IDataView input) =>
        new MappedDataView(Guard.NotNull(input, nameof(input)), Map(input.Schema));

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => Map(inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        Guard.State(_contract is not null, "Empty contract name for a transform: the transform cannot be saved");
        ctx.SetLoader<CustomMappingLoader>();
        ctx.Writer.Write(_contract);
        ctx.Writer.Write(_map.Method.DeclaringType!.Assembly.FullName!);
    }

    internal MemberColumn[] NeededColumns() =>
        MemberColumn.Of(typeof(TSrc), _inputDefinition, SchemaDefinition.Direction.Both);

    private RowMapping Map(DataViewSchema inputSchema)
    {
        Guard.NotNull(inputSchema, nameof(inputSchema));
        return new RowMapping(inputSchema, new Computation(this, inputSchema));
    }

    private sealed class Computation(CustomMappingTransformer<TSrc, TDst> parent, DataViewSchema schema)
        : IRowComputation
    {
        private readonly RowReader<TSrc> _reader = new(schema, ignoreMissingColumns: false, parent._inputDefinition);

        public IReadOnlyList<DataViewSchema.DetachedColumn> Outputs { get; } =
            [.. parent.AddedColumns.Select(c => new DataViewSchema.DetachedColumn(c.Name, c.Type))];

        public IEnumerable<int> InputsOf(int output) => _reader.Columns.Select(c => c.Index);

        public Delegate?[] MakeGetters(DataViewRow input, Func<int, bool> isActive, out Action? disposer)
        {
            disposer = null;
            int[] active = [.. Enumerable.Range(0, Outputs.Count).Where(isActive)];
            var getters = new Delegate?[Outputs.Count];
            if (active.Length == 0)
            {
                return getters;
            }

            Action<TSrc> fill = _reader.Over(input);
            var source = new TSrc();
            var destination = new TDst();
            var row = new ObjectRow<TDst>(parent.AddedColumns);
            long served = -1;
            void Refresh()
            {
                if (served == input.Position)
                {
                    return;
                }

                fill(source);
                parent._map(source, destination);
                row.MoveTo(destination);
                served = input.Position;
            }
            foreach (int i in active)
            {
                getters[i] = Generic.Call<Delegate>(
                    After<int>, [Outputs[i].Type.RawType], row.GetUntypedGetter(i), (Action)Refresh);
            }
            return getters;
        }

        private static Delegate After<TValue>(Delegate getter, Action refresh)
        {
            var read = (ValueGetter<TValue>)getter;
            return (ValueGetter<TValue>)((ref TValue value) =>
            {
                refresh();
                read(ref value);
            });
        }
    }
}
