using DiffSeg.Cli.Evaluating.Report.Results;

namespace DiffSeg.Cli.Tests.Evaluating.Report;

/// <summary>Evaluations made up for tests; their figures mean nothing.</summary>
internal static class SampleEvaluation
{
    /// <summary>A name with all that markup could trip over.</summary>
    public const string Nasty = "a<b> & \"c\" 'd' | e\u0001.jpg";

    public static EvaluationResult Small { get; } = Of(classes: 3, images: 1) with { Sweeps = [] };

    /// <summary>An evaluation of that many classes and images, with sweeps over a number and over words.</summary>
    public static EvaluationResult Of(int classes, int images)
    {
        EvaluationRun main = Run("DiffSeg", 0.725, 0.436, classes);
        EvaluationRun[] thresholds =
            [.. new[] { 0.7, 0.9, 1.3, 1.5 }.Select(t => Run($"DiffSeg, KL threshold {t}", 0.7 + (t / 100), 0.5 - (t / 10), classes) with { SweepOnly = true })];
        EvaluationRun[] maps = [.. new[] { 64, 32 }.Select(map => Run($"DiffSeg, only {map}", 0.6, map / 100.0, classes) with { SweepOnly = true })];
        return new EvaluationResult
        {
            ToolVersion = "0.1.0",
            Finished = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
            DataSet = new EvaluatedDataSet
            {
                Name = "COCO-Stuff-27",
                Split = "val2017",
                ImagesCounted = images,
                ImagesInSplit = 2175,
                Skipped = [new SkippedImage(Nasty, "has no label map <here> & there")],
                Classes = [.. Enumerable.Range(0, classes).Select(i => i == 1 ? "food & <drink>" : $"class {i}")],
            },
            Protocol = new EvaluationProtocol { Height = 512, Width = 512, Matching = Matching.PerImage, Crop = "centre square" },
            Models =
            [
                new EvaluatedModel
                {
                    Name = "sam2-hiera-tiny",
                    Sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                    Form = "self-attention",
                    InputWidth = 1024,
                    InputHeight = 1024,
                    RecommendedKlThreshold = 0.9,
                },
            ],
            Machine = new MachineFacts
            {
                Processor = "A processor",
                Cores = 2,
                MemoryBytes = 24L << 30,
                OperatingSystem = "Linux",
                Runtime = ".NET 10",
                VectorBits = 512,
            },
            Settings = [new NamedValue("Anchors", "16 x 16"), new NamedValue("KL threshold", "1.1")],
            Runs = [main, Run("K-Means-C", 0.589, 0.337, classes), Run("One segment", 0.31, 0.12, classes) with { Model = null }, .. thresholds, .. maps],
            MainRun = main.Name,
            Sweeps =
            [
                new Sweep("kl-threshold", "KL threshold",
                [
                    new SweepPoint("0.7", 0.7, thresholds[0].Name, false),
                    new SweepPoint("0.9", 0.9, thresholds[1].Name, false),
                    new SweepPoint("1.1", 1.1, main.Name, true),
                    new SweepPoint("1.3", 1.3, thresholds[2].Name, false),
                    new SweepPoint("1.5", 1.5, thresholds[3].Name, false),
                ]),
                new Sweep("weights", "Aggregation weights",
                [
                    new SweepPoint("proportional", null, main.Name, true),
                    new SweepPoint("only 64", null, maps[0].Name, false),
                    new SweepPoint("only 32", null, maps[1].Name, false),
                ]),
            ],
            Images = [.. Enumerable.Range(0, images).Select(i => new ImageScore(i == 0 ? Nasty : $"{i:D12}", 0.9 * (i + 1) / images, 3 + i))],
            Published = PublishedFigures.CocoStuff27,
        };
    }

    private static EvaluationRun Run(string name, double accuracy, double meanIou, int classes) => new()
    {
        Name = name,
        Method = name.Split(',')[0],
        Model = "sam2-hiera-tiny",
        Parameters = [new NamedValue("KL threshold", "1.1")],
        Metrics =
        [
            new MetricValue(MetricNames.PixelAccuracy, accuracy, 0.012, 40),
            new MetricValue(MetricNames.MeanIou, meanIou, 0.021, 40),
            new MetricValue(MetricNames.BoundaryF, 0.412, 0.03, 40),
            new MetricValue(MetricNames.VariationOfInformation, 1.234, 0.11, 40),
        ],
        ClassIou = [.. Enumerable.Range(0, classes).Select(i => i == 2 ? double.NaN : meanIou * (i + 1) / classes)],
        ClassAccuracy = [.. Enumerable.Range(0, classes).Select(i => i == 2 ? double.NaN : accuracy * (i + 1) / classes)],
        MeanSegments = 7.4,
        Stages = [new StageCost("attention", 1234.5, 1200, 900L << 20), new StageCost("merging", 45.2, 44, 30L << 20), new StageCost("masks", 12.5, 12)],
        PeakMemoryBytes = 1500L << 20,
    };
}
