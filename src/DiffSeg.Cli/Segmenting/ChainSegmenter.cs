using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using DiffSeg.Cli.Inputs;
using DiffSeg.MLNet;
using DiffSeg.Onnx;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.Cli.Segmenting;

/// <summary>Segments through the ML.NET chain: DiffSeg, and LoadImages and PaintMask when overlays are asked for.</summary>
/// <remarks>
/// DiffSeg prepares the next picture while one is segmented and painted. It reads nothing ahead of a column of pictures,
/// so the picture to paint on is loaded behind it.
///
/// The rows are read with a cursor and its getters, not with CreateEnumerable: a getter that throws fails one row and the
/// cursor moves on, whereas an exception ends an enumerable. So a bad picture costs itself only, and is decoded once.
/// </remarks>
internal sealed class ChainSegmenter : IImageSegmenter
{
    private const string Picture = "Picture";
    private const string Mask = "Mask";
    private const string MaskHeight = "MaskHeight";
    private const string MaskWidth = "MaskWidth";
    private const string SegmentCount = "MaskSegmentCount";
    private const string Overlay = "Overlay";

    private readonly MLContext _context = new();
    private readonly TransformerChain<ITransformer> _chain;
    private readonly bool _overlay;

    /// <summary>Opens the model.</summary>
    /// <param name="model">The attention model.</param>
    /// <param name="request">What was asked.</param>
    /// <exception cref="SetupException">ONNX Runtime cannot run the model, or a setting does not fit it.</exception>
    public ChainSegmenter(AttentionModel model, SegmentRequest request)
    {
        _overlay = request.Output.Overlay;
        DiffSegMaskOptions mask = request.Mask;
        mask.Columns = MaskColumns.Size | MaskColumns.SegmentCount;
        mask.MaxDegreeOfParallelism = request.Model.Threads ?? -1;
        try
        {
            EstimatorChain<ITransformer> steps = new EstimatorChain<ITransformer>()
                .Append<ITransformer>(_context.Transforms.DiffSeg(
                    Mask, nameof(Row.ImagePath), model, mask, gpuDeviceId: request.Model.Gpu));
            if (_overlay)
            {
                steps = steps
                    .Append<ITransformer>(_context.Transforms.LoadImages(Picture, "", nameof(Row.ImagePath)))
                    .Append<ITransformer>(_context.Transforms.PaintMask(Overlay, Picture, Mask, Painting(model, request)));
            }

            _chain = steps.Fit(_context.Data.LoadFromEnumerable<Row>([]));
        }
        catch (Exception problem)
        {
            // A missing native library or entry point shows itself as almost any exception.
            throw new SetupException(ModelFailure.Text(problem, model, request.Model.Gpu), problem);
        }
    }

    /// <inheritdoc/>
    public void Segment(IEnumerable<InputImage> images, ISegmentationVisitor visitor, CancellationToken cancellationToken)
    {
        // Pictures on their way: the rows come out in the order in which they went in, a row or two later.
        var walked = new ConcurrentQueue<InputImage>();
        IEnumerable<Row> rows = images.Select(image =>
        {
            walked.Enqueue(image);
            return new Row { ImagePath = image.Path };
        });
        IDataView view = _chain.Transform(_context.Data.LoadFromEnumerable(rows));

        // A set of one: ML.NET may let a plain cursor read ahead, which would part a row from its picture.
        IEnumerable<DataViewSchema.Column> columns = view.Schema.Where(column => Columns.Contains(column.Name));
        using DataViewRowCursor cursor = view.GetRowCursorSet(columns, 1)[0];
        var row = new ResultRow(cursor, _overlay);
        while (Next(cursor, cancellationToken))
        {
            if (!walked.TryDequeue(out InputImage? image))
            {
                throw new InvalidOperationException("The chain gave more rows than there are pictures.");
            }

            if (row.TryRead(out SegmentedImage? result, out Exception? problem))
            {
                visitor.Segmented(image, result);
            }
            else
            {
                visitor.Failed(image, problem);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _chain.Dispose();

    private IEnumerable<string> Columns =>
        [Mask, MaskHeight, MaskWidth, SegmentCount, .. _overlay ? [Overlay] : Array.Empty<string>()];

    private static bool Next(DataViewRowCursor cursor, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return cursor.MoveNext();
    }

    private static PaintMaskOptions Painting(AttentionModel model, SegmentRequest request) => new()
    {
        Opacity = (float)request.Output.Opacity,
        Fit = request.Mask.Fit,
        ModelImageHeight = model.ImageHeight,
        ModelImageWidth = model.ImageWidth,
    };

    private sealed class Row
    {
        public string ImagePath { get; set; } = "";
    }

    /// <summary>The columns of a row.</summary>
    private sealed class ResultRow(DataViewRowCursor cursor, bool overlay)
    {
        private readonly ValueGetter<VBuffer<ushort>> _mask = Getter<VBuffer<ushort>>(cursor, ChainSegmenter.Mask);
        private readonly ValueGetter<int> _height = Getter<int>(cursor, MaskHeight);
        private readonly ValueGetter<int> _width = Getter<int>(cursor, MaskWidth);
        private readonly ValueGetter<int> _segments = Getter<int>(cursor, SegmentCount);
        private readonly ValueGetter<MLImage>? _overlay = overlay ? Getter<MLImage>(cursor, Overlay) : null;
        private VBuffer<ushort> _labels;

        // Whatever a row throws is that row's failure; what breaks the machine breaks the next row again.
        public bool TryRead([NotNullWhen(true)] out SegmentedImage? result, [NotNullWhen(false)] out Exception? problem)
        {
            try
            {
                result = Read();
                problem = null;
                return true;
            }
            catch (Exception thrown) when (thrown is not OperationCanceledException)
            {
                result = null;
                problem = thrown;
                return false;
            }
        }

        // Every row gets buffers of its own: the row before may still be on its way into files.
        private SegmentedImage Read()
        {
            int height = 0, width = 0, segments = 0;
            MLImage? painted = null;
            _mask(ref _labels);
            _height(ref height);
            _width(ref width);
            _segments(ref segments);
            _overlay?.Invoke(ref painted!);
            return new SegmentedImage
            {
                Labels = _labels.GetValues().ToArray(),
                Height = height,
                Width = width,
                Segments = segments,
                Overlay = painted,
            };
        }

        private static ValueGetter<T> Getter<T>(DataViewRowCursor cursor, string column) =>
            cursor.GetGetter<T>(cursor.Schema[column]);
    }
}
