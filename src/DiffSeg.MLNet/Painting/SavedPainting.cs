using DiffSeg.MLNet.Saving;
using Microsoft.ML;

namespace DiffSeg.MLNet.Painting;

/// <summary>Writes a painting transformer into a model file.</summary>
internal static class SavedPainting
{
    public static void Save(TransformsCatalog catalog, PaintMapping fitted, ModelSaveContext context)
    {
        PaintSettings settings = fitted.Settings;
        var form = new SavedForm(catalog, fitted.InputSchema, settings);
        form.Add(catalog.CopyColumns(SavedPaintingInput.ImageColumn, settings.ImageColumn));
        form.Add(catalog.CopyColumns(SavedPaintingInput.MaskColumn, settings.MaskColumn));
        bool sized = fitted.Inputs.Height is not null;
        form.Add(catalog.CopyColumns(SavedPaintingInput.HeightColumn, sized ? settings.HeightColumn : SavedForm.NoNumber));
        form.Add(catalog.CopyColumns(SavedPaintingInput.WidthColumn, sized ? settings.WidthColumn : SavedForm.NoNumber));
        form.Add(catalog.CustomMapping<SavedPaintingInput, SavedPaintingOutput>(PaintContract.Map, PaintContract.Name));
        form.Add(catalog.CopyColumns(settings.OutputColumn, SavedPaintingOutput.ImageColumn));
        form.Save(catalog, context);
    }
}
