using DiffSeg.MLNet.Geometry;
using DiffSeg.MLNet.Mapping;
using DiffSeg.MLNet.Metrics;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Masks;

/// <summary>
/// From one row's attention columns to its mask. Keeps its buffers from row to row; for one thread at a time. What the
/// transformer's rows and the saved form both run.
/// </summary>
internal sealed class MaskEngine(MaskSettings settings)
{
    private readonly DiffSegSegmenter _segmenter = new(settings.Algorithm);
    private readonly DenseVector<float> _dense = new();
    private AttentionAggregator? _aggregator;
    private IReadOnlyList<AttentionShape>? _shapes;
    private MaskGrid _grid;
    private float[] _proposals = [];

    /// <summary>
    /// The columns in the order in which they are best added: coarse resolutions first, so that the last column of the
    /// finest goes straight into the sum. Columns of one resolution stay in their order, on which rounding depends.
    /// </summary>
    public IReadOnlyList<int> Order { get; private set; } = [];

    /// <summary>Starts a row.</summary>
    /// <param name="shapes">The shapes of its attention columns.</param>
    /// <param name="image">
    /// Height and width of the original picture; null when the attention map shows all of it.
    /// </param>
    public void Begin(IReadOnlyList<AttentionShape> shapes, (int Height, int Width)? image)
    {
        if (_shapes is null || (shapes != _shapes && !shapes.SequenceEqual(_shapes)))
        {
            _aggregator = settings.Merged ? null : new AttentionAggregator(shapes, settings.Aggregation);
            _shapes = shapes;
            Order = [.. Enumerable.Range(0, shapes.Count).OrderBy(column => shapes[column].Tokens)];
        }

        if (_aggregator is null)
        {
            // The window is the whole map: pictures that are padded are refused with the settings.
            _grid = Place(image, shapes[0].Height, shapes[0].Width).Grid;
            return;
        }

        // The row before may have failed half-way.
        _aggregator.Reset();
        MaskPlacement placement = Place(image, _aggregator.Height, _aggregator.Width);
        _aggregator.Window = placement.Window;
        _grid = placement.Grid;
    }

    /// <summary>All values of a vector, whose zeros may be left out; valid until the next call.</summary>
    public ReadOnlySpan<float> Dense(in VBuffer<float> values) => _dense.Of(values);

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

        if (_aggregator is null)
        {
            // Small beside attention: 4 MB for 256 anchors of 64 x 64 tokens.
            _proposals = _proposals.Length == values.Length ? _proposals : new float[values.Length];
            values.CopyTo(_proposals);
            return;
        }

        try
        {
            using Stage.Timing aggregating = Stage.Aggregate.Begin();
            _aggregator.Add(index, values);
        }
        catch (AttentionException bad)
        {
            throw new SegmentationException(
                $"Column '{settings.InputColumns[index]}': {bad.Message}", bad)
            { Column = settings.InputColumns[index] };
        }
    }

    /// <summary>Makes the mask of the attention taken in.</summary>
    public Segmentation Finish()
    {
        using Stage.Timing merging = Stage.Merge.Begin();
        if (_aggregator is null)
        {
            return _segmenter.SegmentMerged(_proposals, _shapes![0].Height, _shapes[0].Width, _grid);
        }

        using AggregatedAttention attention = _aggregator.Aggregate();
        return _segmenter.Segment(attention, _grid);
    }

    /// <summary>The attention taken in, in place of its mask, and where the mask would lie on it.</summary>
    /// <returns>The attention, the caller's to dispose.</returns>
    /// <exception cref="InvalidOperationException">The columns hold proposals, not attention.</exception>
    public (AggregatedAttention Attention, MaskGrid Grid) Aggregate() => _aggregator is { } aggregator
        ? (aggregator.Aggregate(), _grid)
        : throw new InvalidOperationException("A model that merges in its graph gives no attention.");

    // Which tokens show the picture, and where the mask lies on them.
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
