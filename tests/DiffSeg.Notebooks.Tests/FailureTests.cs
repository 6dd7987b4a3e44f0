using DiffSeg.MLNet;
using DiffSeg.Notebooks.Tests.Documents;
using DiffSeg.Notebooks.Tests.Hosting;
using DiffSeg.Packages.Tests;

namespace DiffSeg.Notebooks.Tests;

/// <summary>What a reader sees whose machine lacks something.</summary>
public class FailureTests
{
    public static TheoryData<string> Names => NotebookTests.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Model_file_that_is_not_there_is_named_with_advice(string name)
    {
        IReadOnlyList<Cell> cells = Changed(name, "AttentionModel.Demo;", "AttentionModel.Load(\"not-here.onnx\");");

        CellException exception = await Assert.ThrowsAsync<CellException>(() => NotebookHost.Run(cells, NotebookFolder.Path));

        FileNotFoundException cause = Assert.IsType<FileNotFoundException>(exception.InnerException);
        Assert.Contains(Path.Combine(NotebookFolder.Path, "not-here.onnx"), cause.Message, StringComparison.Ordinal);
        Assert.Contains("diffseg model list", cause.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Photos_that_are_not_there_are_told_with_what_to_do(string name)
    {
        using var folder = new TemporaryFolder();

        CellException exception = await Assert.ThrowsAsync<CellException>(() => NotebookHost.Run(NotebookFolder.Cells(name), folder.Path));

        Assert.Contains("Run this in the repository", Assert.IsType<DirectoryNotFoundException>(exception.InnerException).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Photo_that_is_not_there_is_named()
    {
        IReadOnlyList<Cell> cells = Changed(NotebookFolder.Names[0], "oakland-zoo-otters", "not-here");

        CellException exception = await Assert.ThrowsAsync<CellException>(() => NotebookHost.Run(cells, NotebookFolder.Path));

        Assert.Contains("not-here.jpg", Assert.IsType<SegmentationException>(exception.InnerException).Message, StringComparison.Ordinal);
    }

    /// <summary>A notebook's cells with another text in one of them.</summary>
    private static IReadOnlyList<Cell> Changed(string name, string text, string other)
    {
        IReadOnlyList<Cell> cells = NotebookFolder.Cells(name);
        Assert.Contains(cells, cell => cell.IsCode && cell.Source.Contains(text, StringComparison.Ordinal));
        return [.. cells.Select(cell => cell with { Source = cell.Source.Replace(text, other, StringComparison.Ordinal) })];
    }
}
