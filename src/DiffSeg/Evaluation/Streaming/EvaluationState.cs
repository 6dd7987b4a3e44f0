using System.Text.Json;

namespace DiffSeg.Evaluation;

/// <summary>The sums of an evaluation as they are written to a file.</summary>
internal sealed record EvaluationState
{
    // Version 1: the first. Version 2: with failed images, which a reader of version 1 would lose; without any, version 1 is
    // written.
    private const string FormatName = "diffseg.evaluation";
    private const int WithoutFailures = 1;
    private const int CurrentVersion = 2;

    // Up to there a double counts one by one.
    private const long MostPixels = 1L << 53;

    public required string Format { get; init; }

    public required int Version { get; init; }

    public required EvaluationOptions Options { get; init; }

    public required int Images { get; init; }

    /// <summary>Images without a mask; null for none.</summary>
    public int? FailedImages { get; init; }

    /// <summary>[classes, 3]: true positives, false positives, false negatives; where matched per image.</summary>
    public long[][]? Counts { get; init; }

    /// <summary>[classes, labels]; where matched once for all images.</summary>
    public long[][]? Histogram { get; init; }

    public BoundaryCounts? Boundaries { get; init; }

    /// <summary>Each measure's values over the images, ascending.</summary>
    public required SortedDictionary<ImageMeasure, double[]> Samples { get; init; }

    public static string Write(EvaluationSums sums) =>
        JsonSerializer.Serialize(Of(sums), EvaluationJson.Default.EvaluationState);

    public static EvaluationSums Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, EvaluationJson.Default.EvaluationState)?.ToSums()
                ?? throw new EvaluationException("This is no evaluation: the JSON is null.");
        }
        catch (Exception e) when (e is JsonException or (ArgumentException and not EvaluationException))
        {
            throw new EvaluationException($"This is no evaluation that SegmentationEvaluator.ToJson wrote: {e.Message}", e);
        }
    }

    private static EvaluationState Of(EvaluationSums sums) => new()
    {
        Format = FormatName,
        Version = sums.FailedImages > 0 ? CurrentVersion : WithoutFailures,
        Options = sums.Options,
        Images = sums.Images,
        FailedImages = sums.FailedImages > 0 ? sums.FailedImages : null,
        Counts = sums.Counts is { } counts
            ? [.. Enumerable.Range(0, counts.ClassCount).Select(c => new[]
            {
                counts.TruePositives[c], counts.FalsePositives[c], counts.FalseNegatives[c],
            })]
            : null,
        Histogram = sums.Histogram is { } histogram
            ? [.. histogram.Counts.ToArray().Chunk(histogram.LabelCount)]
            : null,
        Boundaries = sums.Options.Has(EvaluationMeasures.Boundaries) ? sums.Boundaries : null,
        Samples = new SortedDictionary<ImageMeasure, double[]>(
            sums.Samples.ToDictionary(entry => entry.Key, entry => entry.Value.Order().ToArray())),
    };

    private EvaluationSums ToSums()
    {
        if (Format != FormatName || Version is < WithoutFailures or > CurrentVersion)
        {
            throw new EvaluationException(
                $"This is {Format}, version {Version}; {FormatName} up to version {CurrentVersion} can be read.");
        }

        Options.Check();
        CheckSizes();
        EvaluationSums sums = new(Options);
        sums.Add(AtLeastZero(Images), AtLeastZero(FailedImages ?? 0), Boundaries ?? default, Samples);
        AddCounts(sums.Counts);
        AddHistogram(sums.Histogram);
        return sums;
    }

    // Pixels of a data set are summed and divided as doubles.
    private void CheckSizes()
    {
        UInt128 total = 0;
        foreach (long count in (Counts ?? []).Concat(Histogram ?? []).SelectMany(row => row ?? []))
        {
            total += (ulong)AtLeastZero(count);
        }

        Require(total < MostPixels, "its counts are more than can be summed");
    }

    private void AddCounts(ClassCounts? counts)
    {
        Require((counts is null) == (Counts is null), "its counts do not fit its options");
        for (int c = 0; counts is not null && c < counts.ClassCount; c++)
        {
            Require(Counts!.Length == counts.ClassCount && Counts[c] is { Length: 3 }, "counts are missing");
            counts.Add(c, AtLeastZero(Counts[c][0]), AtLeastZero(Counts[c][1]), AtLeastZero(Counts[c][2]));
        }
    }

    private void AddHistogram(ConfusionHistogram? histogram)
    {
        Require((histogram is null) == (Histogram is null), "its histogram does not fit its options");
        if (histogram is not null)
        {
            Require(Histogram!.Length == histogram.ClassCount, "rows of its histogram are missing");
            int labels = Histogram[0]?.Length ?? 0;
            Require(
                labels >= histogram.ClassCount && Histogram.All(row => row?.Length == labels),
                "columns of its histogram are missing");
            long[] flat = [.. Histogram.SelectMany(row => row).Select(AtLeastZero)];
            histogram.Add(ConfusionHistogram.FromCounts(histogram.ClassCount, labels, flat));
        }
    }

    private static int AtLeastZero(int value) => (int)AtLeastZero((long)value);

    private static long AtLeastZero(long value)
    {
        Require(value >= 0, "a count is negative");
        return value;
    }

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new EvaluationException($"The evaluation is damaged: {otherwise}.");
        }
    }
}
