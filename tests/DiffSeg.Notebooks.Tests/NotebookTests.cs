using DiffSeg.Notebooks.Tests.Documents;
using DiffSeg.Notebooks.Tests.Hosting;
using DiffSeg.Notebooks.Tests.Pictures;

namespace DiffSeg.Notebooks.Tests;

/// <summary>Every notebook: its cells are those of its twin, they run, and what is stored is what they give.</summary>
public class NotebookTests(ITestOutputHelper log)
{
    private const int LargestFile = 400_000;

    public static TheoryData<string> Names => [.. NotebookFolder.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Cells_run_in_order_and_give_what_is_stored(string name)
    {
        NotebookFolder.SkipWithoutTrainers(name);
        IReadOnlyList<Cell> cells = NotebookFolder.Cells(name);
        var times = new List<TimeSpan>();

        IReadOnlyList<CellOutput> outputs = await NotebookHost.Run(cells, NotebookFolder.Path, times.Add);

        log.WriteLine(string.Join('\n', cells.Zip(times).Where(pair => pair.First.IsCode).Select(pair => $"{pair.Second.TotalSeconds,6:0.00} s  {pair.First.Source.Split('\n')[^1]}")));
        IReadOnlyList<ShownPicture>[] pictures = [.. outputs.Select(output => ShownPicture.In(output.Html)).Where(shown => shown.Count > 0)];
        Assert.NotEmpty(pictures);
        Assert.DoesNotContain(pictures, ShownPicture.AreBlank);
        var now = new Notebook(cells, outputs);
        string path = NotebookFolder.Notebook(name);
        string? difference = File.Exists(path) ? OutputComparison.Difference(Notebook.Load(path), now) : "it is not there";
        if (difference is not null)
        {
            string received = Path.ChangeExtension(path, ".received.ipynb");
            await File.WriteAllTextAsync(received, now.ToJson(), TestContext.Current.CancellationToken);
            Assert.Fail($"{path}: {difference}\nWhere the twin is right, move {received} over it.");
        }

        Assert.InRange(new FileInfo(path).Length, 1, LargestFile);
    }

    [Fact]
    public void Each_notebook_has_a_twin() => Assert.Equal(
        NotebookFolder.Names,
        Directory.GetFiles(NotebookFolder.Path, "*.ipynb").Select(Path.GetFileNameWithoutExtension)
            .Where(name => !name!.EndsWith(".received", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
}
