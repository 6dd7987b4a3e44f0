using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class ColumnSelectingEstimator : TrivialEstimator<ColumnSelectingTransformer>
{
    internal ColumnSelectingEstimator(bool keep, string[] columnNames)
        : base(new ColumnSelectingTransformer(keep, columnNames)) { }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Guard.NotNull(inputSchema, nameof(inputSchema));
        Transformer.CheckNames(inputSchema.Select(c => c.Name));
        return new SchemaShape(inputSchema.Where(c => Transformer.Keeps(c.Name)));
    }
}

/// <summary>Keeps the named columns in the order named, or drops them, hidden ones of the name too.</summary>
public sealed class ColumnSelectingTransformer : ITransformer
{
    private readonly bool _keep;
    private readonly string[] _names;

    internal ColumnSelectingTransformer(bool keep, string[] names)
    {
        _keep = keep;
        _names = Guard.NotNull(names, nameof(names));
    }

    bool ITransformer.IsRowToRowMapper => true;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Map(inputSchema).OutputSchema;

    public IDataView Transform(IDataView input) =>
        new MappedDataView(Guard.NotNull(input, nameof(input)), Map(input.Schema));

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => Map(inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        ctx.SetLoader<Loader>();
        ctx.Writer.Write(_keep);
        ctx.WriteStrings(_names);
    }

    internal bool Keeps(string name) => _names.Contains(name) == _keep;

    internal void CheckNames(IEnumerable<string> existing)
    {
        string[] missing = [.. _names.Except(existing)];
        if (missing.Length > 0)
        {
            throw Guard.MissingColumn(string.Join(",", missing));
        }
    }

    private RowMapping Map(DataViewSchema inputSchema)
    {
        Guard.NotNull(inputSchema, nameof(inputSchema));
        CheckNames(inputSchema.Select(c => c.Name));
        return new RowMapping(inputSchema, _keep
            ? _names.Select(name => inputSchema[name].Index)
            : inputSchema.Where(c => Keeps(c.Name)).Select(c => c.Index));
    }

    private sealed class Loader : IModelLoader
    {
        public ITransformer Load(IHostEnvironment environment, ModelLoadContext context) =>
            new ColumnSelectingTransformer(context.Reader.ReadBoolean(), context.ReadStrings());
    }
}
