using DiffSeg.Notebooks.Tests.Documents;
using DiffSeg.Notebooks.Tests.Pictures;
using DiffSeg.Packages.Tests;

namespace DiffSeg.Notebooks.Tests;

/// <summary>Every twin: it runs as a program of its own, and its page has the pictures of the notebook.</summary>
public class TwinTests(ITestOutputHelper log)
{
    public static TheoryData<string> Names => NotebookTests.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Program_writes_a_page_with_the_pictures_of_the_notebook(string name)
    {
        NotebookFolder.SkipWithoutTrainers(name);
        using var folder = new TemporaryFolder();
        string file = folder.File("page.html");

        Outcome outcome = await Run(Repository.Root, name, file);

        log.WriteLine(outcome.Output);
        Assert.Contains(file, outcome.Succeeded().Output, StringComparison.Ordinal);
        string page = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        IReadOnlyList<ShownPicture> pictures = ShownPicture.In(page);
        log.WriteLine($"{page.Length / 1024} kB");
        Assert.False(ShownPicture.AreBlank(pictures), "There is something to see.");
        Notebook notebook = Notebook.Load(NotebookFolder.Notebook(name));
        Assert.Equal(
            notebook.Outputs.SelectMany(output => ShownPicture.In(output.Html)).Select(picture => (picture.Width, picture.Height)),
            pictures.Select(picture => (picture.Width, picture.Height)));
    }

    [Fact]
    public async Task Program_far_from_the_photos_says_where_they_are_missing()
    {
        using var folder = new TemporaryFolder();

        Outcome outcome = await Run(folder.Path, NotebookFolder.Names[0], folder.File("page.html"));

        Assert.NotEqual(0, outcome.ExitCode);
        Assert.Contains("There is no folder models/samples here.", outcome.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("page.html")));
    }

    /// <summary>As a reader runs it, but that warnings are errors, and with the configuration that is built already.</summary>
    private static Task<Outcome> Run(string folder, string name, string page) => Dotnet.Run(
        folder, Repository.PackageChoice,
        "run", "-c", NotebookFolder.Configuration, "-p:TreatWarningsAsErrors=true", NotebookFolder.Twin(name), "--", page);
}
