using System.Globalization;
using DiffSeg.Cli.CommandLine;
using DiffSeg.Cli.Doctor;
using DiffSeg.Cli.Evaluating.Planning;
using DiffSeg.Cli.Evaluating.Report.Results;
using DiffSeg.DataSets;
using DiffSeg.Evaluation;
using DiffSeg.MLNet;
using DiffSeg.Onnx;

namespace DiffSeg.Cli.Evaluating.Summing;

/// <summary>The report as far as it is known before the first image.</summary>
internal static class Draft
{
    /// <summary>What says that the centre square is compared.</summary>
    public const string Square = "centre square";

    /// <summary>Makes it.</summary>
    /// <param name="evaluation">What is evaluated.</param>
    /// <param name="clock">Tells the time.</param>
    public static EvaluationResult Of(Evaluation evaluation, TimeProvider clock)
    {
        int? size = evaluation.Settings[0].Size;
        return new EvaluationResult
        {
            ToolVersion = AssemblyFacts.VersionOf(typeof(Draft).Assembly),
            Finished = clock.GetUtcNow(),
            DataSet = new EvaluatedDataSet
            {
                Name = evaluation.Set.Name,
                Split = evaluation.Set.Split,
                ImagesCounted = 0,
                ImagesInSplit = evaluation.Set.ImagesInSplit,
                Classes = evaluation.Set.Classes,
            },
            Protocol = new EvaluationProtocol
            {
                Height = size,
                Width = size,
                Matching = MatchingOf(evaluation),
                Crop = evaluation.Compared.Fit == ImageFit.Crop ? Square : null,
            },
            Models = [.. evaluation.Models.Select(Model)],
            Machine = Machine.Look(evaluation.Request.Gpu),
            Settings = [.. Settings(evaluation)],
            Runs = [.. evaluation.Plan.Runs.Select(Run)],
            MainRun = evaluation.Plan.Main.Name,
            Sweeps = evaluation.Plan.Sweeps,
            ImageMetric = evaluation.Set.Data.Kind switch
            {
                GroundTruthKind.Classes => MetricNames.MeanIou,
                GroundTruthKind.Segments => MetricNames.Covering,
                _ => MetricNames.FigureIou,
            },
            Published = evaluation.Set.Published,
            Notes = [.. Notes(evaluation)],
        };
    }

    private static Matching MatchingOf(Evaluation evaluation) =>
        evaluation.Set.Data.Kind != GroundTruthKind.Classes ? Matching.None
        : evaluation.Request.Matching == MatchingScope.PerImage ? Matching.PerImage
        : Matching.PerDataSet;

    private static EvaluatedModel Model(PlannedModel planned)
    {
        AttentionModel model = planned.Model;
        string sides = string.Join(", ", planned.Sides.Select(side => $"{side} x {side}"));
        return new EvaluatedModel
        {
            Name = planned.Name,
            Sha256 = planned.Sha256,
            Form = $"{model.Form.ToString().ToLowerInvariant()}, attention of {sides}",
            InputWidth = model.ImageWidth,
            InputHeight = model.ImageHeight,
            RecommendedKlThreshold = Math.Round((double)model.RecommendedKlThreshold, 6),
            IsDemo = planned.Name.Equals(ModelSource.Demo, StringComparison.OrdinalIgnoreCase),
        };
    }

    private static IEnumerable<NamedValue> Settings(Evaluation evaluation)
    {
        EvalSetting main = evaluation.Settings[0];
        yield return new NamedValue("Pictures", evaluation.Compared.Fit == ImageFit.Crop
            ? "centre square, resized to the model's input (bilinear, half-pixel centres, no antialiasing)"
            : "whole, resized to fit the model's input between black bars, whose attention is left out");
        foreach ((PlannedModel model, (float threshold, string origin)) in evaluation.Models.Zip(evaluation.Thresholds))
        {
            string of = evaluation.Models.Count > 1 ? $", {model.Name}" : "";
            yield return new NamedValue(
                SweepAxis.Threshold.Title() + of, $"{threshold.ToString(CultureInfo.InvariantCulture)} ({origin})");
        }

        foreach (NamedValue value in main.Parameters().Where(value => value.Name != SweepAxis.Threshold.Title()))
        {
            yield return value;
        }

        yield return new NamedValue("Clean-up", "none");
        if (evaluation.Request.Limit is { } limit)
        {
            yield return new NamedValue("Images at most", limit.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static EvaluationRun Run(PlannedRun run) => new()
    {
        Name = run.Name,
        Method = run.Setting.Method.Title(),
        Model = run.Setting.Model,
        SweepOnly = run.SweepOnly,
        Parameters = run.Setting.Parameters(),
        Metrics = [],
    };

    private static IEnumerable<string> Notes(Evaluation evaluation)
    {
        if (evaluation.Set.Data.Kind == GroundTruthKind.FigureGround)
        {
            yield return "Which segments are figure is chosen with the ground truth (those of which more than half is figure): an upper bound, not what a method without it would find.";
        }

        if (evaluation.Set.Data.Kind == GroundTruthKind.Segments)
        {
            yield return "Variation of information is in bits. The boundary F-score is that of the boundary pixels of all images together, at BSDS's tolerance.";
        }

        if (evaluation.Set.Data.Kind == GroundTruthKind.Classes)
        {
            yield return "Standard errors of accuracy and mIoU are jackknife estimates over images.";
        }
    }
}
