using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Learns from data, or only checks it, and gives a transformer.</summary>
public interface IEstimator<out TTransformer>
    where TTransformer : ITransformer
{
    TTransformer Fit(IDataView input);

    SchemaShape GetOutputSchema(SchemaShape inputSchema);
}

/// <summary>Turns data views into data views, lazily.</summary>
public interface ITransformer : ICanSaveModel
{
    bool IsRowToRowMapper { get; }

    DataViewSchema GetOutputSchema(DataViewSchema inputSchema);

    IDataView Transform(IDataView input);

    IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema);
}

public interface ICanSaveModel
{
    void Save(ModelSaveContext ctx);
}
