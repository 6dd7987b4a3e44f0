namespace DiffSeg.Evaluation;

/// <summary>Measures masks against ground truths, image by image, in one process or in shards.</summary>
/// <remarks>
/// <see cref="Compute"/> gives the same to the last bit whatever the order of the images and however they were spread over
/// evaluators that were merged: counts are integers, and means sum their values in sorted order. One thread at a time; use
/// one evaluator per thread and merge.
/// </remarks>
public sealed class SegmentationEvaluator
{
    private readonly EvaluationSums _sums;

    /// <summary>Creates an evaluator without an image.</summary>
    /// <param name="options">What to measure.</param>
    /// <exception cref="ArgumentException">The options do not fit each other; classes need their number.</exception>
    public SegmentationEvaluator(EvaluationOptions options)
        : this(new EvaluationSums(Checked(options)))
    {
    }

    private SegmentationEvaluator(EvaluationSums sums) => _sums = sums;

    /// <summary>What is measured.</summary>
    public EvaluationOptions Options => _sums.Options;

    /// <summary>Images measured so far.</summary>
    public int Images => _sums.Images;

    /// <summary>Images without a mask so far (<see cref="AddFailure"/>); not among <see cref="Images"/>.</summary>
    public int FailedImages => _sums.FailedImages;

    /// <summary>Reads an evaluator back.</summary>
    /// <param name="json">What <see cref="ToJson"/> wrote.</param>
    /// <returns>An evaluator that goes on where the other stood.</returns>
    /// <exception cref="EvaluationException">The text is no evaluation, or one of a later version.</exception>
    public static SegmentationEvaluator FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return new SegmentationEvaluator(EvaluationState.Read(json));
    }

    /// <summary>Adds an image with one ground truth.</summary>
    /// <param name="mask">The mask's labels, height x width, row-major.</param>
    /// <param name="height">Rows of the mask.</param>
    /// <param name="width">Columns of the mask.</param>
    /// <param name="truth">The ground truth, of the same size.</param>
    /// <returns>What was measured on this image.</returns>
    /// <exception cref="EvaluationException">
    /// The sizes differ, or a class is beyond the number; nothing was added then.
    /// </exception>
    public ImageScores Add(ReadOnlySpan<ushort> mask, int height, int width, LabelMap truth) =>
        Add(mask, height, width, [truth]);

    /// <summary>Adds an image with several annotators, for measures of regions and boundaries.</summary>
    /// <param name="mask">The mask's labels, height x width, row-major.</param>
    /// <param name="height">Rows of the mask.</param>
    /// <param name="width">Columns of the mask.</param>
    /// <param name="annotators">Their ground truths, at least one, of the same size.</param>
    /// <returns>What was measured on this image.</returns>
    /// <exception cref="EvaluationException">
    /// The sizes differ, a class is beyond the number, there is no annotator, or several where classes or a figure are
    /// measured; nothing was added then.
    /// </exception>
    public ImageScores Add(ReadOnlySpan<ushort> mask, int height, int width, IReadOnlyList<LabelMap> annotators)
    {
        ArgumentNullException.ThrowIfNull(annotators);
        ImageResult result = ImageComparison.Compare(mask, height, width, annotators, Options);
        _sums.Add(result);
        return result.Scores;
    }

    /// <summary>
    /// Counts an image that could not be segmented. It is in no figure, neither as right nor as wrong, but goes with all of
    /// them as <see cref="EvaluationScores.FailedImages"/>, so that nobody takes them for figures of the whole data set.
    /// </summary>
    public void AddFailure() => _sums.AddFailure();

    /// <summary>Adds the images of another evaluator, those that failed too.</summary>
    /// <param name="other">Of the same options; left as it is.</param>
    /// <exception cref="EvaluationException">The options differ.</exception>
    public void Merge(SegmentationEvaluator other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (!Options.Agrees(other.Options))
        {
            throw new EvaluationException(
                $"These evaluations do not measure the same: {Options} and {other.Options}. Run the shards with the same "
                + "options.");
        }

        _sums.Add(other._sums);
    }

    /// <summary>The scores of the images measured so far.</summary>
    /// <returns>A new object.</returns>
    /// <exception cref="InvalidOperationException">There is no image, or all of them failed.</exception>
    public EvaluationScores Compute() => _sums.Images > 0
        ? _sums.Compute()
        : throw new InvalidOperationException(_sums.FailedImages > 0
            ? $"There is nothing to compute: no image has a mask, {_sums.FailedImages} failed."
            : "There is nothing to compute: no image was added.");

    /// <summary>Writes the sums, so that shards can be joined from files.</summary>
    /// <returns>JSON; the same text whatever the order of the images and of the merges.</returns>
    public string ToJson() => EvaluationState.Write(_sums);

    private static EvaluationOptions Checked(EvaluationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        return options;
    }
}
