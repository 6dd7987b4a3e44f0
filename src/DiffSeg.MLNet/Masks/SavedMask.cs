using DiffSeg.MLNet.Saving;
using Microsoft.ML;

namespace DiffSeg.MLNet.Masks;

/// <summary>Writes a mask transformer into a model file and finds its settings again.</summary>
internal static class SavedMask
{
    public static void Save(TransformsCatalog catalog, MaskMapping fitted, ModelSaveContext context)
    {
        MaskSettings settings = fitted.Settings;
        var form = new SavedForm(catalog, fitted.InputSchema, settings);
        IReadOnlyList<IReadOnlyList<int>> slots = AttentionSlots.Of(settings.InputColumns.Count);
        if (settings.Shapes is null && slots.Any(slot => slot.Count > 1))
        {
            throw new InvalidOperationException(
                $"A mask of more than {AttentionSlots.Count} attention columns can be saved only with known shapes: "
                + "give AttentionShapes in the options, or use the attention model.");
        }

        for (int slot = 0; slot < AttentionSlots.Count; slot++)
        {
            IReadOnlyList<int> inputs = slot < slots.Count ? slots[slot] : [];
            form.Add(inputs.Count switch
            {
                0 => catalog.CopyColumns(AttentionSlots.NameOf(slot), SavedForm.NoAttention),
                1 => catalog.CopyColumns(AttentionSlots.NameOf(slot), settings.InputColumns[inputs[0]]),
                _ => catalog.Concatenate(
                    AttentionSlots.NameOf(slot), [.. inputs.Select(input => settings.InputColumns[input])]),
            });
        }

        form.Add(catalog.CopyColumns(SavedMaskInput.PathColumn, settings.PathColumn ?? SavedForm.NoText));
        if (settings.ImageColumn is { } image)
        {
            form.Add(catalog.CopyColumns(SavedMaskInput.ImageColumn, image));
        }

        if (settings.TellsStatus && settings.ImageColumn is not null)
        {
            form.Add(catalog.CopyColumns(
                SavedPictureStatusMaskInput.PictureStatusColumn, fitted.PictureStatus?.Name ?? SavedForm.NoText));
        }

        form.Add(Computing(catalog, settings));

        foreach (MaskOutput output in MaskOutputs.Of(settings))
        {
            form.Add(catalog.CopyColumns(MaskOutputs.NameOf(output, settings), SavedMaskOutput.NameOf(output)));
        }

        form.Save(catalog, context);
    }

    private static IEstimator<ITransformer> Computing(TransformsCatalog catalog, MaskSettings settings)
        => (settings.ImageColumn is not null, settings.TellsStatus) switch
        {
            (false, false) => catalog.CustomMapping<SavedMaskInput, SavedMaskOutput>(MaskContract.Map, MaskContract.Name),
            (false, true) => catalog.CustomMapping<SavedMaskInput, SavedStatusMaskOutput>(
                MaskStatusContract.Map, MaskStatusContract.Name),
            (true, false) => catalog.CustomMapping<SavedPictureMaskInput, SavedMaskOutput>(
                PictureMaskContract.Map, PictureMaskContract.Name),
            (true, true) => catalog.CustomMapping<SavedPictureStatusMaskInput, SavedStatusMaskOutput>(
                PictureMaskStatusContract.Map, PictureMaskStatusContract.Name),
        };

    /// <summary>The settings of the first mask transformer in a model, saved and loaded or not.</summary>
    public static MaskSettings? Find(ITransformer model) => model switch
    {
        DiffSegMaskTransformer mask => mask.Settings,
        IEnumerable<ITransformer> chain => FindInChain(chain),
        _ => null,
    };

    private static MaskSettings? FindInChain(IEnumerable<ITransformer> chain)
    {
        ITransformer[] members = [.. chain];
        string? json = members.Any(member => member is Microsoft.ML.Transforms.ValueMappingTransformer)
            ? members.Select(SavedForm.ReadSettings).FirstOrDefault(IsMask)
            : null;
        return json is not null
            ? SavedForm.Parse<MaskSettings>(json)
            : members.Select(Find).FirstOrDefault(settings => settings is not null);
    }

    private static bool IsMask(string? json) => json?.Contains($"\"{nameof(MaskSettings.Algorithm)}\"") ?? false;
}
