using DiffSeg.Cli.Evaluating.Report;
using DiffSeg.Cli.Tests.Support;

namespace DiffSeg.Cli.Tests.Evaluating.Report;

public sealed class ReportFilesTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Three_files_are_written_and_nothing_else()
    {
        ReportFiles.Write(_folder.Path, SampleEvaluation.Of(classes: 3, images: 4));

        Assert.Equal(["metrics.json", "report.html", "report.md"], _folder.Files);
    }

    [Fact]
    public void Same_evaluation_gives_the_same_bytes()
    {
        ReportFiles.Write(_folder.Path, SampleEvaluation.Of(classes: 3, images: 4));
        byte[][] first = [.. _folder.Files.Select(file => File.ReadAllBytes(_folder[file]))];

        ReportFiles.Write(_folder.Path, SampleEvaluation.Of(classes: 3, images: 4));

        Assert.Equal(first, _folder.Files.Select(file => File.ReadAllBytes(_folder[file])));
    }

    [Fact]
    public void Evaluation_that_cannot_be_shown_leaves_the_old_files_alone()
    {
        _folder.Write("report.html", [1]);
        _folder.Write("metrics.json", [2]);

        Assert.Throws<InvalidDataException>(() => ReportFiles.Write(_folder.Path, SampleEvaluation.Small with { MainRun = "other" }));

        Assert.Equal(["metrics.json", "report.html"], _folder.Files);
        Assert.Equal([1], File.ReadAllBytes(_folder["report.html"]));
        Assert.Equal([2], File.ReadAllBytes(_folder["metrics.json"]));
    }

    [Fact]
    public void Folder_in_the_way_leaves_nothing_half_written()
    {
        Directory.CreateDirectory(_folder["report.html"]);

        Assert.Throws<IOException>(() => ReportFiles.Write(_folder.Path, SampleEvaluation.Small));

        Assert.Equal(["metrics.json", "report.md"], _folder.Files);
    }
}
