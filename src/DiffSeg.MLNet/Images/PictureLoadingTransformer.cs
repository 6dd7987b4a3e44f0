using DiffSeg.MLNet.Images;
using DiffSeg.MLNet.Mapping;
using DiffSeg.MLNet.Saving;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet;

/// <summary>Adds a column of pictures, and one of what is wrong with them (<see cref="PictureLoadingEstimator"/>).</summary>
/// <remarks>
/// Immutable and safe to use from several threads; holds nothing that needs to be disposed. A picture is loaded when it, or
/// its status, is read, and is the reader's to dispose; of a loaded model, which is a chain of ML.NET's own transformers, it
/// is the model's and lives until the row moves on.
/// </remarks>
public sealed class PictureLoadingTransformer : ITransformer
{
    private readonly TransformsCatalog _catalog;
    private readonly PictureLoadingSettings _settings;
    private readonly PictureLoadingMapping _fitted;

    internal PictureLoadingTransformer(TransformsCatalog catalog, PictureLoadingSettings settings, DataViewSchema fittedTo)
    {
        PictureColumns.Register();
        _catalog = catalog;
        _settings = settings;
        _fitted = PictureLoadingMapping.Of(fittedTo, settings);
    }

    bool ITransformer.IsRowToRowMapper => true;

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return PictureLoadingMapping.Of(inputSchema, _settings).OutputSchema;
    }

    /// <summary>Adds the columns. Lazy: a picture is loaded when it is read.</summary>
    /// <param name="input">Data with the paths.</param>
    /// <returns>The data with the pictures and their status.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new MappedView(input, PictureLoadingMapping.Of(input.Schema, _settings));
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new RowMapper(PictureLoadingMapping.Of(inputSchema, _settings));
    }

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        var form = new SavedForm(_catalog, _fitted.InputSchema, _settings);
        form.Add(_catalog.CopyColumns(SavedPictureFileInput.PathColumn, _settings.InputColumn));
        form.Add(_catalog.CustomMapping<SavedPictureFileInput, SavedPictureFileOutput>(
            PictureFileContract.Map, PictureFileContract.Name));
        form.Add(_catalog.CopyColumns(_settings.OutputColumn, SavedPictureFileOutput.ImageColumn));
        if (_settings.TellsStatus)
        {
            form.Add(_catalog.CopyColumns(
                PictureLoadingSettings.StatusOf(_settings.OutputColumn), SavedPictureFileOutput.StatusColumn));
        }

        form.Save(_catalog, ctx);
    }
}
