using System.Text.Json;
using DiffSeg.Cli.Batching.Guarding;
using DiffSeg.Cli.Batching.Running;
using DiffSeg.Cli.Evaluating.Asking;
using DiffSeg.Cli.Output;

namespace DiffSeg.Cli.Batching.Telling;

/// <summary>
/// A small file in the batch's folder that says where a shard is, written over every few seconds: one that is old is of a
/// process that is no more, or hangs.
/// </summary>
/// <param name="folder">The batch's folder.</param>
/// <param name="shard">The shard.</param>
/// <param name="progress">How far it is.</param>
/// <param name="sink">Knows how many images failed.</param>
/// <param name="hand">Knows what is in hand.</param>
/// <param name="clock">Tells the time.</param>
internal sealed class Heartbeat(string folder, Shard shard, BatchProgress progress, ChunkSink sink, InHand hand, TimeProvider clock)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    private readonly string _path = Path.Combine(folder, NameOf(shard));
    private readonly DateTimeOffset _started = clock.GetUtcNow();

    /// <summary>Name of a shard's file.</summary>
    /// <param name="shard">The shard.</param>
    public static string NameOf(Shard shard) => $"heartbeat-{shard.Number}-of-{shard.Count}.json";

    /// <summary>Writes it.</summary>
    /// <param name="state">What the shard does: "running", or how it ended.</param>
    public void Beat(string state)
    {
        HandState now = hand.Look();
        var facts = new Facts(
            shard.ToString(),
            state,
            clock.GetUtcNow(),
            _started,
            Environment.MachineName,
            Environment.ProcessId,
            progress.Now,
            sink.Failed,
            progress.Left,
            now.Images.Count > 0 ? now.Images[0].Chunk : null,
            now.Images.Count > 0 ? now.Images[0].Index : null,
            Math.Round(now.Held.TotalSeconds, 1),
            Math.Round(progress.Rate, 3),
            progress.Now > 0 ? Math.Round(progress.Each.TotalSeconds * progress.Left) : null);
        Write(JsonSerializer.SerializeToUtf8Bytes(facts, Json));
    }

    // Always under the same hidden name: what a process leaves that is killed in the midst of it is written over by the next.
    private void Write(byte[] facts)
    {
        string temporary = Path.Combine(folder, $".{NameOf(shard)}");
        try
        {
            File.WriteAllBytes(temporary, facts);
            File.Move(temporary, _path, overwrite: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // A heart that beats unheard; a disk that is full or gone shows itself where results are written.
            AtomicFile.Discard(temporary);
        }
    }

    private sealed record Facts(
        string Shard,
        string State,
        DateTimeOffset Time,
        DateTimeOffset Started,
        string Machine,
        int Process,
        int Images,
        int Failed,
        int Left,
        int? Chunk,
        int? InHand,
        double InHandForSeconds,
        double ImagesPerSecond,
        double? SecondsLeft);
}
