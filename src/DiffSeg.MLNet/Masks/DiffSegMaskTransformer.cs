using DiffSeg.MLNet.Mapping;
using DiffSeg.MLNet.Masks;
using DiffSeg.MLNet.Saving;
using DiffSeg.Onnx;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet;

/// <summary>
/// Adds the mask column, and those asked for with it, to every row (<see cref="DiffSegMaskEstimator"/>).
/// </summary>
/// <remarks>
/// Immutable and safe to use from several threads; holds nothing that needs to be disposed. A saved one is loaded as a
/// chain of ML.NET's own transformers with the same masks; <see cref="ReadOptions"/> gives its settings back.
/// </remarks>
public sealed class DiffSegMaskTransformer : ITransformer
{
    private readonly TransformsCatalog _catalog;
    private readonly MaskSettings _settings;
    private readonly MaskMapping _fitted;
    private readonly AttentionModel? _model;

    internal DiffSegMaskTransformer(
        TransformsCatalog catalog, MaskSettings settings, DataViewSchema fittedTo, AttentionModel? model)
    {
        _catalog = catalog;
        _settings = settings;
        _fitted = MaskMapping.Of(fittedTo, settings);
        _model = model;
    }

    /// <summary>The settings in use, with what null stood for filled in. A copy.</summary>
    public DiffSegMaskOptions Options => Settings.ToOptions();

    bool ITransformer.IsRowToRowMapper => true;

    /// <summary>The settings of the masks of a saved and loaded model.</summary>
    /// <param name="model">A transformer, or a chain that holds one, before or after saving.</param>
    /// <returns>The settings of the first mask transformer in it; null when there is none.</returns>
    public static DiffSegMaskOptions? ReadOptions(ITransformer model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return SavedMask.Find(model)?.ToOptions();
    }

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return MaskMapping.Of(inputSchema, _settings).OutputSchema;
    }

    /// <summary>Adds the mask columns. Lazy: a row is segmented when its mask is read.</summary>
    /// <param name="input">Data with the attention columns.</param>
    /// <returns>The data with the mask columns.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <remarks>Reading a row that cannot be segmented throws <see cref="SegmentationException"/>.</remarks>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new MappedView(input, MaskMapping.Of(input.Schema, _settings));
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new RowMapper(MaskMapping.Of(inputSchema, _settings));
    }

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        ModelInOneFile.Check(_model);
        SavedMask.Save(_catalog, _fitted, ctx);
    }

    internal MaskSettings Settings => _fitted.Settings;
}
