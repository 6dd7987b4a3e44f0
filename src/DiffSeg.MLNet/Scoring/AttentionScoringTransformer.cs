using System.Globalization;
using DiffSeg.MLNet.Chain;
using DiffSeg.MLNet.Mapping;
using DiffSeg.MLNet.Saving;
using DiffSeg.MLNet.Scoring;
using DiffSeg.Onnx;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Onnx;

namespace DiffSeg.MLNet;

/// <summary>Adds the attention of a model to every row (<see cref="AttentionScoringEstimator"/>).</summary>
/// <remarks>
/// Safe to use from several threads; they share the model. Saved as ML.NET's ApplyOnnxModel, and loaded as that. Views,
/// cursors and prediction engines made from it end with it: dispose it last.
/// </remarks>
public sealed class AttentionScoringTransformer : ITransformer, IDisposable
{
    private readonly TransformsCatalog _catalog;
    private readonly AttentionModel _model;
    private readonly AttentionSession _session;
    private readonly ScoringOutput[] _outputs;
    private readonly RowsPerRun _rows;
    private readonly AttentionScoringOptions _options;
    private readonly DataViewSchema _fittedTo;

    internal AttentionScoringTransformer(
        TransformsCatalog catalog, AttentionModel model, AttentionScoringOptions options, DataViewSchema fittedTo)
    {
        _catalog = catalog;
        _model = model;
        _fittedTo = fittedTo;
        _options = options;
        _session = AttentionSession.Open(model, options);
        _rows = options.RowsPerRun(model);
        _outputs = [.. model.OutputNames.Select(name => new ScoringOutput(name, _session.ShapeOf(name)))];
    }

    bool ITransformer.IsRowToRowMapper => true;

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return Mapping(inputSchema).OutputSchema;
    }

    /// <summary>
    /// Adds the attention columns. Lazy: the model runs when attention is read, which throws
    /// <see cref="InvalidOperationException"/> with the model's path where ONNX Runtime cannot run it.
    /// </summary>
    /// <param name="input">Data with a column for the model's input.</param>
    /// <returns>The data with the attention columns.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new MappedView(input, Mapping(input.Schema));
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new RowMapper(Mapping(inputSchema));
    }

    /// <summary>Closes the model. Runs that have begun come to their end first; there are no later ones.</summary>
    public void Dispose() => _session.Dispose();

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        ModelInOneFile.Check(_model);
        ModelOfOneRow.Check(_model);
        if (_options.FirstKlThreshold is { } threshold && threshold != _model.RecommendedKlThreshold)
        {
            throw new NotSupportedException(string.Create(
                CultureInfo.InvariantCulture,
                $"A saved chain cannot hand the KL threshold {threshold} to the graph of '{_model.Path}', which would merge with "
                + $"its own, {_model.RecommendedKlThreshold}. Build the model with that threshold, or ask for the model's."));
        }

        // Only ML.NET's own step can write itself into a model file, and be loaded without any registration.
        using OnnxTransformer saved = FinalizersOnHold.While(() => _catalog
            .ApplyOnnxModel([.. _model.OutputNames], [_model.InputName], _model.Path, null, false)
            .Fit(new EmptyView(_fittedTo)));
        ((ICanSaveModel)saved).Save(ctx);
    }

    private ScoringMapping Mapping(DataViewSchema inputSchema)
        => ScoringMapping.Of(inputSchema, _model, _session, _outputs, _rows, _options);
}
