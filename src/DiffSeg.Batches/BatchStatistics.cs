namespace DiffSeg.Batches;

/// <summary>What became of the images of the chunks that are done. Sums: those of several parts can be merged.</summary>
public sealed record BatchStatistics
{
    // A batch whose every reason is another must not fill the memory.
    private const int MostKinds = 200;
    private const string OtherKinds = "other reasons";

    /// <summary>Chunks that are done.</summary>
    public int Chunks { get; init; }

    /// <summary>Images in them.</summary>
    public int Images { get; init; }

    /// <summary>Images with a mask.</summary>
    public int Succeeded { get; init; }

    /// <summary>Images with a reason in place of a mask.</summary>
    public int Failed { get; init; }

    /// <summary>Segments of all masks.</summary>
    public long Segments { get; init; }

    /// <summary>
    /// How many images failed for which kind of reason: the reason's first sentence without names and numbers. At most 200
    /// kinds; the rest counts as "other reasons".
    /// </summary>
    public IReadOnlyDictionary<string, int> Failures { get; init; } = new SortedDictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Failed images of all, from 0 to 1; 0 where there is none.</summary>
    public double ErrorRate => Images == 0 ? 0 : (double)Failed / Images;

    /// <summary>The statistics of two parts together.</summary>
    /// <param name="other">The other part.</param>
    /// <exception cref="OverflowException">Together they have more images than an <see cref="int"/> can count.</exception>
    public BatchStatistics Merge(BatchStatistics other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new BatchStatistics
        {
            Chunks = checked(Chunks + other.Chunks),
            Images = checked(Images + other.Images),
            Succeeded = checked(Succeeded + other.Succeeded),
            Failed = checked(Failed + other.Failed),
            Segments = checked(Segments + other.Segments),
            Failures = Joined(Failures, other.Failures),
        };
    }

    internal static BatchStatistics Of(ChunkRecord record, IEnumerable<BatchRow> rows) => new()
    {
        Chunks = 1,
        Images = record.Images,
        Succeeded = record.Succeeded,
        Failed = record.Failed,
        Segments = record.Segments,
        Failures = Joined(
            new Dictionary<string, int>(),
            rows.Where(row => row.Failure is not null).Select(row => KeyValuePair.Create(FailureReason.KindOf(row.Failure!), 1))),
    };

    private static SortedDictionary<string, int> Joined(IReadOnlyDictionary<string, int> some, IEnumerable<KeyValuePair<string, int>> others)
    {
        var sums = new SortedDictionary<string, int>(some.ToDictionary(), StringComparer.Ordinal);
        foreach ((string kind, int count) in others)
        {
            string counted = sums.ContainsKey(kind) || sums.Count < MostKinds ? kind : OtherKinds;
            sums[counted] = sums.GetValueOrDefault(counted) + count;
        }

        return sums;
    }
}
