using DiffSeg.MLNet.Mapping;
using DiffSeg.MLNet.Scoring;
using DiffSeg.Onnx;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet;

/// <summary>
/// Runs an attention model in ONNX Runtime: the columns of ML.NET's ApplyOnnxModel, with the next row scored while the
/// current one is read.
/// </summary>
/// <remarks>
/// | Estimator characteristics | |
/// | -- | -- |
/// | Does this estimator need to look at the data to train its parameters? | No |
/// | Input column data type | Vector of Single, 3 x height x width, named after the model's input |
/// | Output column data type | One vector of Single for each output of the model, named after it |
/// | Required NuGet in addition to Microsoft.ML | DiffSeg.MLNet and an ONNX Runtime (Microsoft.ML.OnnxRuntime) |
/// | Exportable to ONNX | No |
/// </remarks>
public sealed class AttentionScoringEstimator : IEstimator<AttentionScoringTransformer>
{
    private readonly TransformsCatalog _catalog;
    private readonly AttentionModel _model;
    private readonly AttentionScoringOptions _options;

    internal AttentionScoringEstimator(TransformsCatalog catalog, AttentionModel model, AttentionScoringOptions options)
    {
        _catalog = catalog;
        _model = model;
        _options = options.Checked(model);
    }

    /// <summary>Opens the model. The data are not read.</summary>
    /// <param name="input">Data with a column for the model's input.</param>
    /// <returns>The transformer, which holds the model until it is disposed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type.</exception>
    /// <exception cref="InvalidOperationException">
    /// ONNX Runtime cannot run the model, or not on the GPU asked for; or the sizes of its outputs are not those that it declares.
    /// </exception>
    public AttentionScoringTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        ScoringInput.Of(input.Schema, _model);
        return new AttentionScoringTransformer(_catalog, _model, _options, input.Schema);
    }

    /// <summary>The schema that the transformer will produce.</summary>
    /// <param name="inputSchema">The schema of the input.</param>
    /// <returns>The input's columns and the attention columns.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        ScoringInput.Check(inputSchema, _model);
        // A schema's shape tells only that the size is known.
        return PromisedSchema.Add(
            _catalog, inputSchema, _model.OutputNames.Select(name => (name, (DataViewType)new VectorDataViewType(NumberDataViewType.Single, 1))));
    }
}
