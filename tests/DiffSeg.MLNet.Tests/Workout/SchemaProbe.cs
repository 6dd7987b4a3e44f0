using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Tests.Workout;

/// <summary>
/// Sees the schema shape that ML.NET makes of data: SchemaShape.Create is not public, but a chain hands its members'
/// estimators what it made.
/// </summary>
internal sealed class SchemaProbe : IEstimator<ITransformer>
{
    private SchemaShape? _seen;

    public static SchemaShape ShapeOf(IDataView data)
    {
        var probe = new SchemaProbe();
        new EstimatorChain<ITransformer>().Append<ITransformer>(probe).Fit(data);
        return probe._seen!;
    }

    public ITransformer Fit(IDataView input) => new TransformerChain<ITransformer>();

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _seen = inputSchema;
}
