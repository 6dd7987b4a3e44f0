using DiffSeg.MLNet.Mapping;
using DiffSeg.MLNet.Painting;
using DiffSeg.MLNet.Saving;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet;

/// <summary>Adds a column with the mask painted over the picture (<see cref="PaintMaskEstimator"/>).</summary>
/// <remarks>
/// Immutable and safe to use from several threads; holds nothing that needs to be disposed. Each painted picture is a
/// new one and the reader's to dispose. To read them into a class, give it a member of type MLImage with
/// <c>[ImageType(1, 1)]</c>.
/// </remarks>
public sealed class PaintMaskTransformer : ITransformer
{
    private readonly TransformsCatalog _catalog;
    private readonly PaintSettings _settings;
    private readonly PaintMapping _fitted;

    internal PaintMaskTransformer(TransformsCatalog catalog, PaintSettings settings, DataViewSchema fittedTo)
    {
        PictureColumns.Register();
        _catalog = catalog;
        _settings = settings;
        _fitted = PaintMapping.Of(fittedTo, settings);
    }

    /// <summary>The settings in use. A copy.</summary>
    public PaintMaskOptions Options => _settings.ToOptions();

    bool ITransformer.IsRowToRowMapper => true;

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return PaintMapping.Of(inputSchema, _settings).OutputSchema;
    }

    /// <summary>Adds the painted picture's column. Lazy: a picture is painted when it is read.</summary>
    /// <param name="input">Data with the picture and the mask.</param>
    /// <returns>The data with the painted picture.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new MappedView(input, PaintMapping.Of(input.Schema, _settings));
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new RowMapper(PaintMapping.Of(inputSchema, _settings));
    }

    void ICanSaveModel.Save(ModelSaveContext ctx) => SavedPainting.Save(_catalog, _fitted, ctx);
}
