using System.Runtime.InteropServices;
using DiffSeg.MLNet;
using DiffSeg.Onnx;
using DiffSeg.Pictures;
using Microsoft.ML;

namespace DiffSeg.AspNetCore.Pool;

/// <summary>The attention model, opened once for all workers.</summary>
internal sealed class ModelSegmenter : IPictureSegmenter
{
    private readonly AttentionEncoder _encoder;
    private readonly DiffSegSegmenter _segmenter;
    private readonly PictureLimits _limits;

    /// <summary>Opens the model.</summary>
    /// <param name="options">The checked settings.</param>
    /// <exception cref="ArgumentException">A setting does not fit the model.</exception>
    /// <exception cref="NotSupportedException">The model merges in its graph, or takes a fixed number of pictures a run.</exception>
    /// <exception cref="InvalidOperationException">ONNX Runtime cannot run the model, or not on the GPU asked for.</exception>
    public ModelSegmenter(SegmentationServiceOptions options)
    {
        AttentionModel model = options.Model ?? AttentionModel.Demo;
        _limits = options.Limits;
        _encoder = new MLContext().Segmentation().LoadEncoder(
            model,
            options.Segmentation,
            options.Fit,
            scoring: new AttentionScoringOptions { GpuDeviceId = options.GpuDeviceId, IntraOpNumThreads = options.Threads });

        // As the chain has it, where nothing else is asked for.
        Options = options.Segmentation ?? new DiffSegMaskOptions { MaxDegreeOfParallelism = options.Threads ?? -1 }.ToDiffSegOptions(model);
        _segmenter = new DiffSegSegmenter(Options);
    }

    public DiffSegOptions Options { get; }

    public Segmentation Segment(
        ReadOnlyMemory<byte> picture, DiffSegOptions options, StageClock stages, CancellationToken cancellationToken)
    {
        using MemoryStream bytes = Reading(picture);
        if (PictureFile.Problem(bytes, _limits) is { } seen)
        {
            throw new PictureRefusedException(seen);
        }

        try
        {
            return Segment(bytes, options, stages, cancellationToken);
        }
        catch (Exception problem) when (PictureBlame.On(problem) is { } refused)
        {
            throw refused;
        }
    }

    public void Dispose() => _encoder.Dispose();

    private Segmentation Segment(MemoryStream picture, DiffSegOptions options, StageClock stages, CancellationToken cancellationToken)
    {
        using SegmentationSession session = _encoder.Encode(picture, cancellationToken);
        stages.Passed("encode");

        // Not the session's own segmenter: this one keeps its buffers from picture to picture.
        Segmentation mask = _segmenter.With(options).Segment(session.Attention, session.Grid, cancellationToken: cancellationToken);
        mask.Picture = session.Picture;
        stages.Passed("merge");
        return mask;
    }

    private static MemoryStream Reading(ReadOnlyMemory<byte> picture) => MemoryMarshal.TryGetArray(picture, out ArraySegment<byte> array)
        ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
        : new MemoryStream(picture.ToArray(), writable: false);
}
