using DiffSeg.MLNet.Saving;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Masks;

/// <summary>Runs the mask engine over the rows of a loaded model.</summary>
internal sealed class SavedMaskRow
{
    private readonly MaskSettings _settings;
    private readonly MaskEngine _engine;
    private readonly IReadOnlyList<IReadOnlyList<int>> _slots;

    public SavedMaskRow(string json)
    {
        _settings = SavedForm.Parse<MaskSettings>(json);
        _engine = new MaskEngine(_settings);
        _slots = AttentionSlots.Of(_settings.InputColumns.Count);
    }

    public Segmentation Compute(SavedMaskInput input, MLImage? picture)
    {
        try
        {
            if (_settings.ImageColumn is { } column && picture is null)
            {
                throw NoPicture.In(column);
            }

            _engine.Begin(_settings.Shapes ?? [.. _slots.Select(
                (slot, i) => AttentionColumn.ShapeOf(_settings.InputColumns[slot[0]], input.Slot(i).Length))]);
            for (int slot = 0; slot < _slots.Count; slot++)
            {
                AddSlot(input.Slot(slot), _slots[slot]);
            }

            return _engine.Finish(picture is null ? null : (picture.Height, picture.Width));
        }
        catch (Exception cause) when (cause is not OperationCanceledException)
        {
            throw SegmentationException.Of(null, input.Path, cause);
        }
    }

    private void AddSlot(VBuffer<float> values, IReadOnlyList<int> inputs)
    {
        ReadOnlySpan<float> rest = _engine.Dense(values);
        foreach (int input in inputs)
        {
            // Several columns in a slot come with known shapes only.
            int length = inputs.Count == 1 ? rest.Length : (int)_settings.Shapes![input].Length;
            _engine.Add(input, rest[..length]);
            rest = rest[length..];
        }
    }
}
