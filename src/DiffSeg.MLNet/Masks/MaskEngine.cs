using DiffSeg.MLNet.Geometry;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Masks;

/// <summary>
/// From one row's attention columns to its mask. Keeps its buffers from row to row; for one thread at a time. What the
/// transformer's rows and the saved form both run.
/// </summary>
internal sealed class MaskEngine(MaskSettings settings)
{
    private readonly DiffSegSegmenter _segmenter = new(settings.Algorithm);
    private AttentionAggregator? _aggregator;
    private IReadOnlyList<AttentionShape>? _shapes;
    private float[] _proposals = [];
    private VBuffer<float> _dense;

    /// <summary>Starts a row whose attention columns have the given shapes.</summary>
    public void Begin(IReadOnlyList<AttentionShape> shapes)
    {
        if (settings.Merged)
        {
            _shapes = shapes;
            return;
        }

        if (_aggregator is null || !shapes.SequenceEqual(_shapes!))
        {
            _aggregator = new AttentionAggregator(shapes, settings.Aggregation);
            _shapes = shapes;
        }

        // The row before may have failed half-way.
        _aggregator.Reset();
    }

    /// <summary>All values of a vector, whose zeros may be left out; valid until the next call.</summary>
    public ReadOnlySpan<float> Dense(in VBuffer<float> values)
    {
        if (values.IsDense)
        {
            return values.GetValues();
        }

        values.CopyToDense(ref _dense);
        return _dense.GetValues();
    }

    /// <summary>Takes in one attention column. Not kept.</summary>
    public void Add(int index, ReadOnlySpan<float> values)
    {
        long length = settings.LengthOf(_shapes![index]);
        if (values.Length != length)
        {
            throw new InvalidOperationException(
                $"Column '{settings.InputColumns[index]}' holds {values.Length} values, but its shape {_shapes[index]} "
                + $"asks for {length}.");
        }

        if (settings.Merged)
        {
            // Small beside attention, 4 MB for 256 anchors of 64 x 64 tokens: taken along until the picture's size is known.
            _proposals = _proposals.Length == values.Length ? _proposals : new float[values.Length];
            values.CopyTo(_proposals);
            return;
        }

        try
        {
            _aggregator!.Add(index, values);
        }
        catch (AttentionException bad)
        {
            throw new SegmentationException(
                $"Column '{settings.InputColumns[index]}': {bad.Message}", bad)
            { Column = settings.InputColumns[index] };
        }
    }

    /// <summary>Makes the mask of the attention taken in.</summary>
    /// <param name="image">
    /// Height and width of the original picture; null when the attention map shows all of it.
    /// </param>
    public Segmentation Finish((int Height, int Width)? image)
    {
        if (settings.Merged)
        {
            AttentionShape map = _shapes![0];

            // The window is the whole map: pictures that are padded are refused with the settings.
            return _segmenter.SegmentMerged(_proposals, map.Height, map.Width, Place(image, map.Height, map.Width).Grid);
        }

        using AggregatedAttention whole = _aggregator!.Aggregate();
        MaskPlacement placement = Place(image, whole.Height, whole.Width);
        if (placement.Window == new TokenWindow(0, 0, whole.Height, whole.Width))
        {
            return _segmenter.Segment(whole, placement.Grid);
        }

        using AggregatedAttention shown = whole.Crop(placement.Window);
        return _segmenter.Segment(shown, placement.Grid);
    }

    private MaskPlacement Place((int Height, int Width)? image, int mapHeight, int mapWidth)
    {
        if (image is not { } size)
        {
            return new MaskPlacement(
                new TokenWindow(0, 0, mapHeight, mapWidth),
                MaskGrid.Whole(mapHeight, mapWidth, settings.MaskHeight, settings.MaskWidth));
        }

        var fitted = new FittedImage(size.Height, size.Width, settings.ModelHeight, settings.ModelWidth, settings.Fit);
        return MaskPlacement.Of(
            fitted,
            settings.ModelHeight,
            settings.ModelWidth,
            mapHeight,
            mapWidth,
            settings.SizePerRow ? fitted.CoveredHeight : settings.MaskHeight,
            settings.SizePerRow ? fitted.CoveredWidth : settings.MaskWidth);
    }
}
