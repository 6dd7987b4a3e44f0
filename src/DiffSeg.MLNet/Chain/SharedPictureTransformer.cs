using DiffSeg.MLNet.Mapping;
using DiffSeg.MLNet.Saving;
using DiffSeg.Onnx;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Chain;

/// <summary>Adds the shared picture's column.</summary>
internal sealed class SharedPictureTransformer(
    TransformsCatalog catalog, SharedPictureSettings settings, DataViewSchema fittedTo, AttentionModel model) : ITransformer
{
    private readonly SharedPictureMapping _fitted = SharedPictureMapping.Of(fittedTo, settings);

    public bool IsRowToRowMapper => true;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
        => SharedPictureMapping.Of(inputSchema, settings).OutputSchema;

    public IDataView Transform(IDataView input) => new MappedView(input, SharedPictureMapping.Of(input.Schema, settings));

    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema)
        => new RowMapper(SharedPictureMapping.Of(inputSchema, settings));

    public void Save(ModelSaveContext ctx)
    {
        // This step is written before the model, which may be large: what cannot be saved is said at once.
        ModelInOneFile.Check(model);
        ModelOfOneRow.Check(model);
        var form = new SavedForm(catalog, _fitted.InputSchema, settings);
        form.Add(catalog.CopyColumns(SavedPictureInput.ImageColumn, settings.InputColumn));
        form.Add(catalog.CustomMapping<SavedPictureInput, SavedPictureOutput>(
            SharedPictureContract.Map, SharedPictureContract.Name));
        form.Add(catalog.CopyColumns(settings.OutputColumn, SavedPictureOutput.ImageColumn));
        form.Save(catalog, ctx);
    }
}
