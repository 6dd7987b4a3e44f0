namespace DiffSeg.Evaluation;

/// <summary>The sums of an evaluation: integers, and the images' measures one by one.</summary>
internal sealed class EvaluationSums
{
    private readonly SortedDictionary<ImageMeasure, List<double>> _samples = [];

    public EvaluationSums(EvaluationOptions options)
    {
        Options = options;
        if (options.Has(EvaluationMeasures.Classes))
        {
            Counts = options.Matching == MatchingScope.PerImage ? new ClassCounts(options.ClassCount) : null;
            Histogram = options.Matching == MatchingScope.PerDataSet ? new ConfusionHistogram(options.ClassCount) : null;
        }
    }

    public EvaluationOptions Options { get; }

    public int Images { get; private set; }

    /// <summary>Images without a mask; in none of the sums.</summary>
    public int FailedImages { get; private set; }

    /// <summary>Where labels are matched per image.</summary>
    public ClassCounts? Counts { get; }

    /// <summary>Where labels are matched once for all images.</summary>
    public ConfusionHistogram? Histogram { get; }

    public BoundaryCounts Boundaries { get; private set; }

    /// <summary>The values of each measure, in no particular order.</summary>
    public IReadOnlyDictionary<ImageMeasure, List<double>> Samples => _samples;

    public void Add(ImageResult image)
    {
        Images++;
        if (image.Counts is not null)
        {
            Counts?.Add(image.Counts);
        }

        if (image.Histogram is not null)
        {
            Histogram?.Add(image.Histogram);
        }

        Boundaries += image.Boundaries;
        foreach ((ImageMeasure measure, double value) in image.Scores)
        {
            Values(measure).Add(value);
        }
    }

    public void AddFailure() => FailedImages++;

    public void Add(EvaluationSums other)
    {
        Images += other.Images;
        FailedImages += other.FailedImages;
        if (other.Counts is not null)
        {
            Counts?.Add(other.Counts);
        }

        if (other.Histogram is not null)
        {
            Histogram?.Add(other.Histogram);
        }

        Boundaries += other.Boundaries;
        foreach ((ImageMeasure measure, List<double> values) in other._samples)
        {
            Values(measure).AddRange(values);
        }
    }

    /// <summary>Adds what was read from a file.</summary>
    public void Add(int images, int failedImages, BoundaryCounts boundaries, IReadOnlyDictionary<ImageMeasure, double[]> samples)
    {
        Images += images;
        FailedImages += failedImages;
        Boundaries += boundaries;
        foreach ((ImageMeasure measure, double[] values) in samples)
        {
            Values(measure).AddRange(values);
        }
    }

    public EvaluationScores Compute()
    {
        ClassCounts? counts = Counts;
        if (Histogram is not null)
        {
            counts = new ClassCounts(Options.ClassCount);
            counts.Add(Histogram, Histogram.Match());
        }

        SortedDictionary<ImageMeasure, SampleMean> means = [];
        foreach ((ImageMeasure measure, List<double> values) in _samples)
        {
            means.Add(measure, SampleMean.Of(values));
        }

        return new EvaluationScores(
            Options,
            Images,
            FailedImages,
            counts?.Compute(),
            Options.Has(EvaluationMeasures.Boundaries) ? Boundaries : null,
            means);
    }

    private List<double> Values(ImageMeasure measure)
    {
        if (!_samples.TryGetValue(measure, out List<double>? values))
        {
            values = [];
            _samples.Add(measure, values);
        }

        return values;
    }
}
