using DiffSeg.Cli.Inputs;
using DiffSeg.MLNet;
using DiffSeg.Onnx;
using DiffSeg.Pictures;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.Cli.Segmenting;

/// <summary>Cuts out what is under given points, the same points in every picture.</summary>
internal sealed class PointImageSegmenter : IImageSegmenter
{
    private const ushort Outside = 0;

    // What is outside is dimmed, so that the segment stands out.
    private static readonly Palette Colours = new([Rgb.FromHex(0x000000), Palette.Standard[0]]);

    private readonly AttentionEncoder _encoder;
    private readonly SegmentRequest _request;

    /// <summary>Opens the model.</summary>
    /// <param name="model">The attention model.</param>
    /// <param name="request">What was asked, with points.</param>
    /// <exception cref="SetupException">ONNX Runtime cannot run the model, or it gives no attention.</exception>
    public PointImageSegmenter(AttentionModel model, SegmentRequest request)
    {
        _request = request;

        // Nothing is merged here: the anchors only must not be more than the model has.
        var options = new DiffSegOptions { AnchorsPerSide = 2, MaxDegreeOfParallelism = request.Model.Threads ?? -1 };
        try
        {
            _encoder = new MLContext().Segmentation().LoadEncoder(
                model, options, scoring: new AttentionScoringOptions { GpuDeviceId = request.Model.Gpu });
        }
        catch (NotSupportedException problem)
        {
            throw new SetupException($"--point: {problem.Message}", problem);
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
        foreach (InputImage image in images)
        {
            cancellationToken.ThrowIfCancellationRequested();
            SegmentedImage result;
            try
            {
                result = Segment(image.Path);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                visitor.Failed(image, problem);
                continue;
            }

            visitor.Segmented(image, result);
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <inheritdoc/>
    public void Dispose() => _encoder.Dispose();

    // A picture that has begun comes to its end, as in the chain.
    private SegmentedImage Segment(string path)
    {
        using MLImage image = MLImage.CreateFromFile(path);
        foreach (PointPrompt point in _request.Points)
        {
            if (point.X >= image.Width || point.Y >= image.Height)
            {
                throw new InvalidOperationException(
                    $"the point {point.X},{point.Y} lies outside the picture, which is {image.Width} x {image.Height} pixels");
            }
        }

        using SegmentationSession session = _encoder.Encode(image);
        PointSegment segment = session.SegmentAt(_request.Points);
        return new SegmentedImage
        {
            Labels = segment.Labels.ToArray(),
            Height = segment.Height,
            Width = segment.Width,
            Segments = 1,
            Background = Outside,
            Overlay = _request.Output.Overlay ? Painted(segment) : null,
        };
    }

    private MLImage Painted(PointSegment segment)
    {
        Picture picture = segment.Picture!;
        var options = new OverlayOptions { Opacity = (float)_request.Output.Opacity, Palette = Colours };
        byte[] pixels = new byte[picture.Pixels.Length];
        MaskOverlay.Paint(
            picture.Pixels.Span, segment.Labels, picture.Height, picture.Width, picture.Order, pixels, options);
        MLPixelFormat format = picture.Order == PixelOrder.Rgba32 ? MLPixelFormat.Rgba32 : MLPixelFormat.Bgra32;
        return MLImage.CreateFromPixels(picture.Width, picture.Height, format, pixels);
    }
}
