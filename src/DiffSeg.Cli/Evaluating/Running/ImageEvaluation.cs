using System.Diagnostics;
using System.Text.Json;
using DiffSeg.Baselines;
using DiffSeg.Cli.Evaluating.Attention;
using DiffSeg.Cli.Evaluating.Journal;
using DiffSeg.Cli.Evaluating.Pictures;
using DiffSeg.Cli.Evaluating.Planning;
using DiffSeg.Evaluation;

namespace DiffSeg.Cli.Evaluating.Running;

/// <summary>
/// Segments and measures one image after the other with every setting of a model. All settings of one attention map ask one
/// session, which does once what they share.
/// </summary>
/// <param name="main">DiffSeg's default setting on the model.</param>
/// <param name="maps">Aggregates the model's attention.</param>
/// <param name="compared">What of each picture is compared.</param>
/// <param name="options">What is measured.</param>
/// <param name="measure">The score of a single image.</param>
/// <param name="methods">Makes settings and methods.</param>
/// <param name="clock">Measures.</param>
internal sealed class ImageEvaluation(
    EvalSetting main, AttentionMaps maps, ComparedSize compared, EvaluationOptions options, ImageMeasure measure, MethodFactory methods, TimeProvider clock)
{
    /// <summary>Does an image.</summary>
    /// <param name="image">The image with its attention.</param>
    /// <param name="runs">The settings to do.</param>
    /// <param name="segmented">Is told of each mask, and of the ground truth it was compared with.</param>
    /// <returns>An entry per setting.</returns>
    public IReadOnlyList<JournalEntry> Do(
        EncodedImage image, IReadOnlyList<PlannedRun> runs, Action<PlannedRun, Segmentation, LabelMap> segmented)
    {
        var state = new State(image, new TruthSizes(image.Truth, compared));
        List<JournalEntry> entries = [];

        // The published weights first: others may follow how many segments DiffSeg finds with them.
        foreach (IGrouping<Weighting, PlannedRun> group in runs.GroupBy(run => run.Setting.Weighting).OrderBy(group => group.Key.OnlySide ?? 0))
        {
            long begin = clock.GetTimestamp();
            using var session = new SegmentationSession(
                maps.Aggregate(image.Attention!, image.Placement, group.Key), Grid(image, main), methods.Options(main));
            TimeSpan aggregation = clock.GetElapsedTime(begin);

            // DiffSeg's default before those that follow it: what it costs is then what it costs alone.
            foreach (PlannedRun run in group.OrderBy(run => run.Setting.Key == main.Key ? 0 : 1))
            {
                entries.Add(Do(state, session, aggregation, run, segmented));
            }
        }

        long? peak = Peak();
        return [.. entries.Select(entry => entry with { PeakBytes = peak })];
    }

    private JournalEntry Do(
        State state,
        SegmentationSession session,
        TimeSpan aggregation,
        PlannedRun run,
        Action<PlannedRun, Segmentation, LabelMap> segmented)
    {
        EvalSetting setting = run.Setting;
        MethodInput? input = setting.Method == MethodKind.DiffSeg ? null : Input(state, session, setting);
        long begin = clock.GetTimestamp();
        Segmentation mask = input is null ? Ask(state, session, setting) : methods.Of(setting).Segment(input);
        long middle = clock.GetTimestamp();
        if (setting.Key == main.Key)
        {
            state.Segments = mask.SegmentCount;
        }

        var evaluator = new SegmentationEvaluator(options);
        ImageScores scores = evaluator.Add(mask.Labels, mask.Height, mask.Width, state.Truth.At(setting.Size));
        TimeSpan measuring = clock.GetElapsedTime(middle);
        segmented(run, mask, state.Truth.At(setting.Size)[0]);
        EncodedImage image = state.Image;
        bool needsAttention = setting.Method.NeedsAttention();
        return new JournalEntry
        {
            Index = image.Work.Index,
            Image = image.Work.Sample.Id,
            Run = setting.Key,
            Sums = JsonElement.Parse(evaluator.ToJson()),
            Score = scores[measure],
            Segments = mask.SegmentCount,
            Times = new StageTimes(
                image.Preparing.TotalMilliseconds,
                needsAttention && !image.Kept ? image.Encoding.TotalMilliseconds : null,
                needsAttention && image.Kept ? image.Encoding.TotalMilliseconds : null,
                needsAttention ? aggregation.TotalMilliseconds : null,
                clock.GetElapsedTime(begin, middle).TotalMilliseconds,
                measuring.TotalMilliseconds),
            Photo = image.Work.Sample.ImagePath,
            Truth = image.Work.Sample.LabelPath,
        };
    }

    private Segmentation Ask(State state, SegmentationSession session, EvalSetting setting) =>
        session.Segment(methods.Options(setting), Grid(state.Image, setting));

    private MethodInput Input(State state, SegmentationSession session, EvalSetting setting)
    {
        int tokens = session.Attention.Tokens;
        int? segments = setting.Method switch
        {
            MethodKind.KMeansTruth => Math.Min(state.Truth.Count(setting.Size), tokens),
            MethodKind.KMeansEqual => Math.Min(Segments(state, session), tokens),
            MethodKind.ColourPosition => Segments(state, session),
            _ => null,
        };
        return new MethodInput(session.Attention, Grid(state.Image, setting))
        {
            SegmentCount = segments,
            Picture = setting.Method == MethodKind.ColourPosition
                ? state.Image.Picture.Cut(state.Image.Placement.Part).ToPicture()
                : null,
        };
    }

    private MaskGrid Grid(EncodedImage image, EvalSetting setting)
    {
        (int height, int width) = ComparedSize.Of(setting, image.Placement.Part);
        return image.Placement.Grid(maps.Height, maps.Width, height, width);
    }

    // DiffSeg's default may not be among the runs, or be done already.
    private int Segments(State state, SegmentationSession session) =>
        state.Segments ??= Ask(state, session, main).SegmentCount;

    // Of the process since it began: all settings take turns on each image.
    private static long? Peak()
    {
        using Process process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 is > 0 and var bytes ? bytes : null;
    }

    /// <summary>What is known about an image on the way.</summary>
    private sealed class State(EncodedImage image, TruthSizes truth)
    {
        public EncodedImage Image { get; } = image;

        public TruthSizes Truth { get; } = truth;

        /// <summary>Segments that DiffSeg found with its default setting.</summary>
        public int? Segments { get; set; }
    }
}
