using DiffSeg.MLNet;
using DiffSeg.Onnx;
using DiffSeg.Pictures;

namespace DiffSeg.AspNetCore;

/// <summary>Settings of <c>AddDiffSeg</c>. Checked when the application starts; the message names the setting.</summary>
public sealed class SegmentationServiceOptions
{
    /// <summary>
    /// The attention model; null (the default) for <see cref="AttentionModel.Demo"/>. It is opened once, when the application
    /// starts, and shared by all requests.
    /// </summary>
    public AttentionModel? Model { get; set; }

    /// <summary>
    /// The settings of pictures that come without their own; null (the default) for the threshold that the model recommends and
    /// the defaults of the ready-made chain. To change some of these, <c>new DiffSegMaskOptions { Regions = true }.ToDiffSegOptions(model)</c>.
    /// </summary>
    public DiffSegOptions? Segmentation { get; set; }

    /// <summary>How pictures of another aspect ratio are fitted to the model; Pad by default. With Crop, masks are of the picture's centre.</summary>
    public ImageFit Fit { get; set; } = ImageFit.Pad;

    /// <summary>CUDA device to run the model on; null (the default) for the CPU.</summary>
    public int? GpuDeviceId { get; set; }

    /// <summary>Threads of the model at most, at least 1; null (the default) for all cores.</summary>
    public int? Threads { get; set; }

    /// <summary>
    /// Pictures in work at once, at least 1; by default one for each core, up to 4. The model takes one at a time, with all its
    /// threads; meanwhile the others are decoded, merged and encoded. Each takes the memory of one picture's attention, 64 MiB at
    /// 64 x 64 tokens, and of its pixels.
    /// </summary>
    public int Workers { get; set; } = Math.Clamp(Environment.ProcessorCount, 1, MostUsualWorkers);

    /// <summary>
    /// Pictures that may wait for a worker, at least 0; 32 by default. Each keeps the memory of its file's bytes. Others are
    /// refused (<see cref="SegmentationQueueFullException"/>, status 429).
    /// </summary>
    public int QueueLength { get; set; } = 32;

    /// <summary>
    /// What a picture may have at most, looked at before it is decoded; by default 50 million pixels (200 MB once decoded) and
    /// 32 MiB. Larger ones are refused (<see cref="PictureRefusedException"/>, status 413).
    /// </summary>
    public PictureLimits Limits { get; set; } = new() { MaxPixels = 50_000_000, MaxFileBytes = 32L << 20 };

    /// <summary>Uploads under way at once, at least 1; 64 by default. Each takes the memory of its bytes. Others are refused with status 429.</summary>
    public int MaxUploads { get; set; } = 64;

    /// <summary>How long an upload may take; 30 seconds by default. Slower ones are refused with status 408.</summary>
    public TimeSpan UploadTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a request may take once its picture is there, waiting included; 60 seconds by default. Then it is given up, with
    /// status 503; a run of the model that has begun keeps its worker to its end. When all workers have been at their pictures
    /// for five times as long, the health check <c>diffseg-model</c> fails.
    /// </summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);

    private const int MostUsualWorkers = 4;
}
