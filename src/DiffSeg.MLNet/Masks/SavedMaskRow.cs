using DiffSeg.MLNet.Images;
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

    // Where columns share slots, they keep the order of the slots.
    private IEnumerable<int> SlotOrder =>
        _slots.Count == _settings.InputColumns.Count ? _engine.Order : Enumerable.Range(0, _slots.Count);

    /// <summary>The mask of a row; null when it has none by its own fault.</summary>
    public Segmentation? TryCompute(SavedMaskInput input, MLImage? picture, string pictureStatus, out string status)
    {
        status = "";
        try
        {
            return Compute(input, picture, pictureStatus);
        }
        catch (SegmentationException failure) when (failure.Fault == SegmentationFault.Row)
        {
            status = failure.Reason;
            return null;
        }
    }

    public Segmentation Compute(SavedMaskInput input, MLImage? picture, string pictureStatus = "")
    {
        try
        {
            if (_settings.ImageColumn is { } column && MissingPicture.Is(picture))
            {
                throw NoPicture.In(column, pictureStatus);
            }

            IReadOnlyList<AttentionShape> shapes = _settings.Shapes ?? [.. _slots.Select(
                (slot, i) => AttentionColumn.ShapeOf(_settings.InputColumns[slot[0]], input.Slot(i).Length))];
            CheckLengths(input, shapes);
            _engine.Begin(shapes, picture is null ? null : (picture.Height, picture.Width));
            foreach (int slot in SlotOrder)
            {
                AddSlot(input.Slot(slot), _slots[slot]);
            }

            return _engine.Finish();
        }
        catch (Exception cause) when (cause is not OperationCanceledException)
        {
            throw SegmentationException.Of(null, input.Path, cause);
        }
    }

    // Before anything is made for the shapes: a damaged file may tell of any.
    private void CheckLengths(SavedMaskInput input, IReadOnlyList<AttentionShape> shapes)
    {
        for (int slot = 0; slot < _slots.Count; slot++)
        {
            long length = _slots[slot].Sum(column => _settings.LengthOf(shapes[column]));
            if (input.Slot(slot).Length != length)
            {
                throw new InvalidOperationException(
                    $"Column '{_settings.InputColumns[_slots[slot][0]]}' holds {input.Slot(slot).Length} values, but its shape "
                    + $"{string.Join(" and ", _slots[slot].Select(column => shapes[column]))} asks for {length}.");
            }
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
