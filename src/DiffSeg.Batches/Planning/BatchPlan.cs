using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace DiffSeg.Batches;

/// <summary>
/// What a batch is: how many images in which order, cut into chunks of how many, and what their masks depend on. Two
/// processes with the same plan write the same bytes, as far as their PNGs are compressed by the same zlib
/// (<see cref="ChunkRecord.Compressor"/>).
/// </summary>
/// <remarks>
/// Written to <c>batch.json</c>. The list itself is not kept, only its SHA-256 (each id in UTF-8 and a zero byte); the ids
/// stand in the chunks' status rows. Nothing in it tells a time, a machine, or where the files lie. In memory a plan that was
/// made by <see cref="Create"/> keeps 8 bytes per chunk besides, by which writers notice that they are given other images.
/// </remarks>
public sealed class BatchPlan
{
    private readonly SortedDictionary<string, string> _settings;
    private readonly Lazy<string> _hash;
    private readonly ulong[]? _chunkHashes;

    internal BatchPlan(int imageCount, string imagesSha256, BatchOptions options, ulong[]? chunkHashes = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(imageCount);
        Check(options);
        _chunkHashes = chunkHashes;
        ImageCount = imageCount;
        ImagesSha256 = imagesSha256;
        (ChunkSize, Format, Model, ModelSha256) = (options.ChunkSize, options.Format, options.Model, options.ModelSha256);
        ToolVersion = options.ToolVersion ?? LibraryVersion;
        _settings = new(options.Settings.ToDictionary(), StringComparer.Ordinal);
        _hash = new(() => Convert.ToHexStringLower(SHA256.HashData(PlanFile.Bytes(this))));
    }

    /// <summary>Number of images.</summary>
    public int ImageCount { get; }

    /// <summary>SHA-256 of the list of the images' ids.</summary>
    public string ImagesSha256 { get; }

    /// <summary>Images per chunk; the last may have fewer.</summary>
    public int ChunkSize { get; }

    /// <summary>How masks are written.</summary>
    public BatchFormat Format { get; }

    /// <summary>Settings that the masks depend on, in the order of their names.</summary>
    public IReadOnlyDictionary<string, string> Settings => _settings;

    /// <summary>SHA-256 of the settings.</summary>
    public string SettingsSha256 =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(_settings.Select(pair => $"{pair.Key}\0{pair.Value}\0")))));

    /// <summary>The model's name; null where it is not known.</summary>
    public string? Model { get; }

    /// <summary>SHA-256 of the model's files; null where it is not known.</summary>
    public string? ModelSha256 { get; }

    /// <summary>What made the masks, with its version.</summary>
    public string ToolVersion { get; }

    /// <summary>SHA-256 of the plan as it is written: the same for two plans that are the same.</summary>
    public string Sha256 => _hash.Value;

    /// <summary>Number of chunks.</summary>
    public int ChunkCount => (int)(((long)ImageCount + ChunkSize - 1) / ChunkSize);

    private static string LibraryVersion =>
        "DiffSeg " + (typeof(BatchPlan).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0");

    /// <summary>Plans a batch.</summary>
    /// <param name="images">
    /// The images' ids in their order; read once and not kept. That each is there once is for the caller to see to.
    /// </param>
    /// <param name="options">What their masks depend on.</param>
    /// <exception cref="ArgumentException">
    /// An id is empty or no Unicode text, or holds NUL; the chunk size is not positive; there are more images than an
    /// <see cref="int"/> can count.
    /// </exception>
    public static BatchPlan Create(IEnumerable<string> images, BatchOptions options)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(options);
        Check(options);
        using var hash = new ImageListHash(options.ChunkSize);
        foreach (string image in images)
        {
            if (hash.Count == int.MaxValue)
            {
                throw new ArgumentException("A batch has at most 2,147,483,647 images; cut the list into several.", nameof(images));
            }

            hash.Add(image);
        }

        (string all, ulong[] chunks) = hash.Finish();
        return new BatchPlan(hash.Count, all, options, chunks);
    }

    /// <summary>The images of a chunk.</summary>
    /// <param name="chunk">Its number, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no chunk of that number.</exception>
    public ChunkRange RangeOf(int chunk)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(chunk);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(chunk, ChunkCount);
        int first = chunk * ChunkSize;
        return new ChunkRange(first, Math.Min(ChunkSize, ImageCount - first));
    }

    /// <summary>The chunks of a shard: every <paramref name="shards"/>-th from <paramref name="shard"/> on.</summary>
    /// <param name="shard">Number of the shard, from 1.</param>
    /// <param name="shards">Number of shards, at least 1.</param>
    /// <returns>Numbers of chunks, ascending; none where there are fewer chunks than shards.</returns>
    public IEnumerable<int> ChunksOf(int shard, int shards)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shards, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(shard, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(shard, shards);
        return Chunks();

        IEnumerable<int> Chunks()
        {
            for (long chunk = shard - 1; chunk < ChunkCount; chunk += shards)
            {
                yield return (int)chunk;
            }
        }
    }

    /// <summary>What differs from another plan, a line each.</summary>
    /// <param name="asked">The other, which this one is to be gone on with.</param>
    /// <returns>Lines such as <c>chunk size: 1000 there, 500 asked for</c>; none for the same plan.</returns>
    public IReadOnlyList<string> DifferencesFrom(BatchPlan asked)
    {
        ArgumentNullException.ThrowIfNull(asked);
        return PlanDifferences.Of(this, asked);
    }

    /// <summary>The hash of a chunk's images; null where the plan was read from a file.</summary>
    internal ulong? HashOf(int chunk) => _chunkHashes?[chunk];

    private static void Check(BatchOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ChunkSize, 1, nameof(BatchOptions.ChunkSize));
        if (!Enum.IsDefined(options.Format))
        {
            throw new ArgumentOutOfRangeException(
                nameof(BatchOptions.Format), options.Format, "A batch is written as LabelPngTar, CocoRle or Parquet.");
        }

        if (options.Settings.FirstOrDefault(pair => pair.Value is null).Key is { } unset)
        {
            throw new ArgumentException($"The setting '{unset}' has no value; leave it out or give it one.", nameof(BatchOptions.Settings));
        }
    }
}
