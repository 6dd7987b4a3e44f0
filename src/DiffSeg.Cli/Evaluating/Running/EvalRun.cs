using DiffSeg.Cli.Evaluating.Attention;
using DiffSeg.Cli.Evaluating.Journal;
using DiffSeg.Cli.Evaluating.Planning;
using DiffSeg.Cli.Inputs;
using DiffSeg.Cli.Reporting;
using DiffSeg.Cli.Segmenting;
using DiffSeg.DataSets;

namespace DiffSeg.Cli.Evaluating.Running;

/// <summary>
/// Leads the images that are left to do through every model and setting, and into the journal. An image that fails
/// anywhere is reported and skipped with all settings, so that all figures stand on the same images.
/// </summary>
/// <param name="evaluation">What is evaluated.</param>
/// <param name="work">What is left to do.</param>
/// <param name="journal">Where results go.</param>
/// <param name="progress">Is told of each image.</param>
/// <param name="clock">Measures.</param>
internal sealed class EvalRun(
    Evaluation evaluation, EvalWork work, JournalWriter journal, IRunProgress progress, TimeProvider clock)
{
    private readonly MethodFactory _methods = new(evaluation.Request.Threads ?? -1);
    private int _done;
    private int _segments;
    private long _since;

    /// <summary>Where the attention came from.</summary>
    public AttentionCount Attention { get; private set; } = new(0, 0, 0);

    /// <summary>Does them.</summary>
    /// <param name="cancellationToken">Stops between two images.</param>
    /// <exception cref="SetupException">ONNX Runtime cannot run a model.</exception>
    /// <exception cref="IOException">The journal cannot be written.</exception>
    public RunResult Execute(CancellationToken cancellationToken)
    {
        long begin = _since = clock.GetTimestamp();
        int left = work.Left;
        bool cancelled = false;
        try
        {
            for (int model = 0; model < evaluation.Models.Count; model++)
            {
                Execute(model, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            cancelled = true;
        }

        return new RunResult(left, _done, work.Failed, _segments, clock.GetElapsedTime(begin), cancelled);
    }

    private void Execute(int number, CancellationToken cancellationToken)
    {
        IReadOnlyList<ImageWork> left = work.Of(number);
        if (left.Count == 0)
        {
            return;
        }

        PlannedModel model = evaluation.Models[number];
        using ModelSession session = evaluation.Session(number);
        var preparation = new ImagePreparation(model.Model, evaluation.Compared);
        AttentionStore? store = evaluation.Store is { } folder
            ? new AttentionStore(folder, model.Sha256, preparation.Key, session.Shapes)
            : null;
        var images = new ImageEvaluation(
            evaluation.Settings[number],
            new AttentionMaps(session.Shapes, evaluation.Request.Threads ?? -1),
            evaluation.Compared,
            evaluation.Options,
            evaluation.Set.ImageMeasure,
            _methods,
            clock);
        int kept = 0;
        foreach (EncodedImage image in new AttentionStream(session, preparation, store, clock).Read(left, cancellationToken))
        {
            kept += image.Kept ? 1 : 0;
            Do(image, number, images);
        }

        Attention = new AttentionCount(Attention.Run + session.Runs, Attention.Kept + kept, Attention.Damaged + (store?.Damaged ?? 0));
    }

    private void Do(EncodedImage image, int model, ImageEvaluation images)
    {
        if (image.FileProblem is not null || image.Problem is not null)
        {
            Skip(image, image.FileProblem ?? FailureText.Of(image.Problem!));
            return;
        }

        IReadOnlyList<JournalEntry> entries;
        try
        {
            entries = images.Do(image, work.RunsOf(image.Work.Index, model), (run, mask, truth) =>
            {
                if (run == evaluation.Plan.Main)
                {
                    MaskFiles.Write(evaluation.Folder, image.Work.Sample.Id, mask, truth);
                }
            });
        }
        catch (Exception problem) when (problem is not (OperationCanceledException or IOException))
        {
            Skip(image, FailureText.Of(problem));
            return;
        }

        journal.Add(entries);
        work.Done(entries);
        _done++;
        _segments += entries[0].Segments;
        (int height, int width) = Pictures.ComparedSize.Of(evaluation.Plan.Main.Setting, image.Placement.Part);
        progress.Done(new ImageResult(InputImage(image.Work.Sample), height, width, entries[0].Segments, Lap()));
    }

    private void Skip(EncodedImage image, string reason)
    {
        SegmentationSample sample = image.Work.Sample;
        var entry = new JournalEntry { Index = image.Work.Index, Image = sample.Id, Skipped = reason };
        journal.Add([entry]);
        work.Skip(entry);
        Lap();
        progress.Failed(InputImage(sample), reason);
    }

    private InputImage InputImage(SegmentationSample sample) =>
        new(sample.ImagePath, Path.Combine(evaluation.Request.Root, Path.GetRelativePath(evaluation.Root, sample.ImagePath)));

    private TimeSpan Lap()
    {
        TimeSpan time = clock.GetElapsedTime(_since);
        _since = clock.GetTimestamp();
        return time;
    }
}
