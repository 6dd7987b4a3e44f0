using DiffSeg.MLNet.DataSets;
using DiffSeg.MLNet.Mapping;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet;

/// <summary>Adds the columns of a label map (<see cref="LabelMapLoadingEstimator"/>).</summary>
/// <remarks>
/// Immutable and safe to use from several threads; holds nothing that needs to be disposed. It is not saved with a model:
/// ground truth belongs to an evaluation, and where its files are to a machine.
/// </remarks>
public sealed class LabelMapLoadingTransformer : ITransformer
{
    private readonly LabelMapSettings _settings;

    internal LabelMapLoadingTransformer(LabelMapSettings settings) => _settings = settings;

    bool ITransformer.IsRowToRowMapper => true;

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return LabelMapMapping.Of(inputSchema, _settings).OutputSchema;
    }

    /// <summary>Adds the label map's columns. Lazy: a file is read when a column of its row is.</summary>
    /// <param name="input">Data with the paths.</param>
    /// <returns>The data with the label maps.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new MappedView(input, LabelMapMapping.Of(input.Schema, _settings));
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new RowMapper(LabelMapMapping.Of(inputSchema, _settings));
    }

    void ICanSaveModel.Save(ModelSaveContext ctx) => throw new NotSupportedException(
        $"LoadLabelMaps ('{_settings.OutputColumn}') is not saved with a model: ground truth belongs to an evaluation. Save the "
        + "transformer of the pipeline without it, and append it where the data is evaluated.");
}
