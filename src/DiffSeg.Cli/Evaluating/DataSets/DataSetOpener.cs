using DiffSeg.Cli.Evaluating.Asking;
using DiffSeg.Cli.Evaluating.Report.Results;
using DiffSeg.DataSets;
using DiffSeg.Evaluation;

namespace DiffSeg.Cli.Evaluating.DataSets;

/// <summary>Finds the data set that a user names.</summary>
internal static class DataSetOpener
{
    private const string Curated = "curated";
    private const string All = "all";

    /// <summary>The words of the command line.</summary>
    public static IReadOnlyList<(string Word, DataSetName Name)> Words { get; } =
    [
        ("coco-stuff-27", DataSetName.CocoStuff27),
        ("cityscapes-27", DataSetName.Cityscapes27),
        ("bsds500", DataSetName.Bsds500),
        ("ecssd", DataSetName.Ecssd),
        ("folder", DataSetName.Folder),
    ];

    /// <summary>Finds it.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="workingDirectory">What relative paths start from.</param>
    /// <exception cref="SetupException">It is not there, or not as it should be.</exception>
    public static EvaluationSet Open(EvalRequest request, string workingDirectory)
    {
        CheckOptions(request);
        string root = Path.GetFullPath(request.Root, workingDirectory);
        try
        {
            EvaluationSet all = Find(request, root, workingDirectory);
            return request.Limit is { } limit ? all with { Data = all.Data.Take(limit) } : all;
        }
        catch (DataSetException problem) when (request is { DataSet: DataSetName.CocoStuff27, Split: null or Curated })
        {
            throw new SetupException(
                $"--root: {problem.Message}{Environment.NewLine}With --split {All}, every image that is there is taken; figures of the papers stand on the {Curated} ones.", problem);
        }
        catch (Exception problem) when (problem is DataSetException or LabelMapException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw new SetupException($"--root: {problem.Message}", problem);
        }
        catch (ArgumentException problem) when (problem.ParamName == "split")
        {
            throw new SetupException($"--split: {problem.Message.Split(" (Parameter")[0]}", problem);
        }
    }

    private static EvaluationSet Find(EvalRequest request, string root, string workingDirectory)
    {
        switch (request.DataSet)
        {
            case DataSetName.CocoStuff27:
                string coco = request.Split ?? Curated;
                return Named(SegmentationDataSet.CocoStuff27(root, coco), "COCO-Stuff-27", coco == Curated
                    ? "val2017, the 2,175 images of the published evaluations" : "val2017, every image that is there") with
                {
                    PublishedThreshold = 1.1f,
                    Published = PublishedFigures.CocoStuff27,
                };
            case DataSetName.Cityscapes27:
                string cityscapes = request.Split ?? "val";
                return Named(SegmentationDataSet.Cityscapes27(root, cityscapes), "Cityscapes-27", cityscapes) with
                {
                    PublishedThreshold = 0.9f,
                    Published = PublishedFigures.Cityscapes27,
                };
            case DataSetName.Bsds500:
                string bsds = request.Split ?? "test";
                return Named(SegmentationDataSet.Bsds500(root, bsds), "BSDS500", bsds);
            case DataSetName.Ecssd:
                return Named(SegmentationDataSet.Ecssd(root), "ECSSD", null);
            default:
                return Named(Folder(request.Classes, root, workingDirectory), Path.GetFileName(Path.TrimEndingDirectorySeparator(root)), null);
        }
    }

    private static SegmentationDataSet Folder(string? classes, string root, string workingDirectory)
    {
        if (classes is null)
        {
            return SegmentationDataSet.FromFolder(root);
        }

        var folders = new SegmentationFolders { Images = Path.Combine(root, "images"), Labels = Path.Combine(root, "labels") };
        return SegmentationDataSet.FromFolders(
            folders, ClassTable.FromFile(Path.GetFullPath(classes, workingDirectory)), Path.GetFileName(Path.TrimEndingDirectorySeparator(root)));
    }

    private static EvaluationSet Named(SegmentationDataSet data, string name, string? split) => new(data, name, split, data.Samples.Count);

    private static void CheckOptions(EvalRequest request)
    {
        string word = Words.First(pair => pair.Name == request.DataSet).Word;
        if (request.Classes is not null && request.DataSet != DataSetName.Folder)
        {
            throw new SetupException($"--classes is for the data set folder; {word} has its own classes.");
        }

        if (request is { Split: not null, DataSet: DataSetName.Ecssd or DataSetName.Folder })
        {
            throw new SetupException($"--split: {word} has no splits.");
        }
    }
}
