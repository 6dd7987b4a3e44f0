using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using DiffSeg.Cli.Output;

namespace DiffSeg.Cli.Batching.Guarding;

/// <summary>
/// Images that took too long or that the process died of, kept in the batch's folder. Such an image is tried once more
/// alone, so that no neighbour is blamed, then in a process of its own (<see cref="Trial"/>), and at last recorded as failed.
/// </summary>
/// <param name="folder">Folder of the records; made when there is one.</param>
/// <param name="plan">SHA-256 of the plan: what is known of images under another one does not count.</param>
/// <param name="limit">The time limit.</param>
internal sealed class Suspects(string folder, string plan, TimeSpan limit)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly ConcurrentDictionary<int, Suspicion> _known = Read(folder, plan);

    /// <summary>All that are known.</summary>
    public IReadOnlyCollection<Suspicion> All => [.. _known.Values.OrderBy(suspicion => suspicion.Index)];

    /// <summary>What is known of an image; null for nothing.</summary>
    /// <param name="index">Its place.</param>
    public Suspicion? Of(int index) => _known.GetValueOrDefault(index);

    /// <summary>Why an image is not tried; null when it is.</summary>
    /// <param name="index">Its place.</param>
    public string? Verdict(int index) => Of(index)?.Verdict(limit);

    /// <summary>The process died while the image was in hand, perhaps by chance.</summary>
    /// <param name="index">Its place.</param>
    /// <param name="image">Its id.</param>
    /// <exception cref="IOException">The record cannot be written.</exception>
    public void Died(int index, string image)
    {
        Suspicion before = Of(index) ?? new Suspicion { Index = index, Image = image, Plan = plan };
        Keep(before with { Deaths = Math.Min(before.Deaths + 1, Suspicion.Doubtful) });
    }

    /// <summary>A process of its own died of the image.</summary>
    /// <param name="suspicion">What was known before.</param>
    /// <exception cref="IOException">The record cannot be written.</exception>
    public void Condemn(Suspicion suspicion) => Keep(suspicion with { Deaths = Suspicion.Deadly });

    /// <summary>The time limit was over while the image was in hand.</summary>
    /// <param name="index">Its place.</param>
    /// <param name="image">Its id.</param>
    /// <param name="sure">Whether it was this image; else it is tried once more, alone.</param>
    /// <exception cref="IOException">The record cannot be written.</exception>
    public void TookTooLong(int index, string image, bool sure)
    {
        Suspicion before = Of(index) ?? new Suspicion { Index = index, Image = image, Plan = plan };
        Keep(sure ? before with { TookLongerThan = limit.TotalSeconds } : before);
    }

    /// <summary>The image is not suspect any more: it was segmented, or its failure stands in a chunk that is done.</summary>
    /// <param name="index">Its place.</param>
    public void Clear(int index)
    {
        if (!_known.TryRemove(index, out _))
        {
            return;
        }

        try
        {
            File.Delete(PathOf(index));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // What is left says that the image is to be tried alone, which is no harm.
        }
    }

    private void Keep(Suspicion suspicion)
    {
        Directory.CreateDirectory(folder);
        using var file = new AtomicFile(PathOf(suspicion.Index));
        using (FileStream stream = file.Create())
        {
            JsonSerializer.Serialize(stream, suspicion, Json);
            stream.Flush(flushToDisk: true);
        }

        file.Commit();
        _known[suspicion.Index] = suspicion;
    }

    private string PathOf(int index) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"suspect-{index:D9}.json"));

    private static ConcurrentDictionary<int, Suspicion> Read(string folder, string plan)
    {
        var known = new ConcurrentDictionary<int, Suspicion>();
        if (!Directory.Exists(folder))
        {
            return known;
        }

        foreach (string path in Directory.EnumerateFiles(folder, "suspect-*.json"))
        {
            if (ReadOne(path) is { } suspicion && suspicion.Plan == plan)
            {
                known[suspicion.Index] = suspicion;
            }
        }

        return known;
    }

    // A record that cannot be read is no evidence; another shard may have removed its own just now.
    private static Suspicion? ReadOne(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            return JsonSerializer.Deserialize<Suspicion>(stream, Json);
        }
        catch (Exception problem) when (problem is JsonException or FileNotFoundException)
        {
            return null;
        }
    }
}
