using Microsoft.Extensions.Logging;

namespace DiffSeg.Cli.Batching.Telling;

/// <summary>
/// Everything that a batch says of itself while it runs; 12 and 13 are <see cref="Logging.CommandLog"/>'s. The numbers of the
/// events stay as they are.
/// </summary>
/// <param name="logger">Writes it.</param>
internal sealed partial class BatchLog(ILogger logger)
{
    [LoggerMessage(1, LogLevel.Information, "Batch of {Images} images in {Chunks} chunks; shard {Shard} ({Source}) has {Own} images, {Done} of them done. Model {Model} on {Device}, {Threads} threads, version {Version}")]
    public partial void Started(int images, int chunks, string shard, string source, int own, int done, string model, string device, int threads, string version);

    [LoggerMessage(2, LogLevel.Information, "Chunk {Chunk}: {Images} images in {Seconds:F1} s ({Rate:F2} a second), {Failed} failed, {Segments} segments; {SegmentSeconds:F1} s segmenting (loading {LoadSeconds:F1}, model {ModelSeconds:F1}, merging {MergeSeconds:F1}, beside one another), {WriteSeconds:F1} s writing beside it, {FlushSeconds:F1} s to disk; {Left} images left")]
    public partial void ChunkDone(int chunk, int images, double seconds, double rate, int failed, long segments, double segmentSeconds, double loadSeconds, double modelSeconds, double mergeSeconds, double writeSeconds, double flushSeconds, int left);

    [LoggerMessage(3, LogLevel.Warning, "{Image} ({Index}) failed: {Reason}")]
    public partial void ImageFailed(string image, int index, string reason);

    [LoggerMessage(4, LogLevel.Error, "The machine failed at {Image} ({Index}), {InARow} times in a row: {Reason}")]
    public partial void MachineFailed(string image, int index, int inARow, string reason);

    [LoggerMessage(15, LogLevel.Warning, "The machine segments {Image} ({Index}), so images of chunk {Chunk} that it failed with have failed")]
    public partial void Proven(string image, int index, int chunk);

    [LoggerMessage(5, LogLevel.Error, "{Image} ({Index}) is taking longer than {Limit} s{Doubt}")]
    public partial void TooLong(string image, int index, double limit, string doubt);

    [LoggerMessage(6, LogLevel.Warning, "A process died with {Image} ({Index}) in hand, {Deaths} times by now; it is tried alone")]
    public partial void Died(string image, int index, int deaths);

    [LoggerMessage(14, LogLevel.Warning, "{Image} ({Index}) was tried in a process of its own; that process survived: {Survived}")]
    public partial void Tried(string image, int index, bool survived);

    [LoggerMessage(7, LogLevel.Warning, "Asked to stop: {Left} images of chunk {Chunk} are left, at {SecondsEach:F2} s each, and {Grace:F0} s to stop in: {Decision}")]
    public partial void Stopping(int left, int chunk, double secondsEach, double grace, string decision);

    [LoggerMessage(8, LogLevel.Warning, "Stopped; {Left} images are left. The same command goes on from there")]
    public partial void Stopped(int left);

    [LoggerMessage(9, LogLevel.Error, "Cannot go on here and now: {Reason}. The same command goes on from what is done")]
    public partial void Temporary(string reason);

    [LoggerMessage(10, LogLevel.Information, "Done: {Images} images, {Failed} failed ({ErrorRate:P2}), {Segments} segments; {Now} of them now, in {Seconds:F1} s ({Rate:F2} a second)")]
    public partial void Finished(int images, int failed, double errorRate, long segments, int now, double seconds, double rate);

    [LoggerMessage(11, LogLevel.Error, "{Failed} of {Images} images failed, more than --max-error-rate {Limit:P2} allows")]
    public partial void TooManyFailed(int failed, int images, double limit);
}
