using DiffSeg.Notebooks.Tests.Documents;

namespace DiffSeg.Notebooks.Tests.Hosting;

public class NotebookHostTests
{
    private const string Packages = "#r \"nuget: DiffSeg.MLNet, 0.1.0\"\n#r \"nuget: Microsoft.ML.OnnxRuntime, 1.29.0\"\n";

    [Fact]
    public async Task Cells_go_on_with_the_variables_and_usings_of_those_before()
    {
        var host = new NotebookHost();
        await host.Run("using System.Globalization;\nint three = 3;");

        CellOutput output = await host.Run("Console.WriteLine(\"written\");\n(three + 0.5).ToString(CultureInfo.InvariantCulture)");

        Assert.Equal("written\n", output.Text);
        Assert.Contains("3.5", output.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cell_that_ends_with_a_semicolon_shows_nothing() =>
        Assert.Equal(CellOutput.Nothing, await new NotebookHost().Run("string text = \"not shown\";"));

    [Fact]
    public async Task Package_is_the_one_built_here_with_what_it_depends_on()
    {
        CellOutput output = await new NotebookHost().Run(Packages + """
            using DiffSeg.Onnx;
            using Microsoft.ML;
            Console.Write(new MLContext(seed: 1).GetType().Name + " " + AttentionModel.Demo.ImageWidth);
            """);

        Assert.Equal("MLContext 512", output.Text);
    }

    [Theory]
    [InlineData("#r \"nuget: DiffSeg.MLNet, 0.0.9\"")]
    [InlineData("#r \"nuget: Unknown.Package, 1.0.0\"")]
    public async Task Package_of_another_version_or_name_is_not_there(string directive)
    {
        CellException exception = await Assert.ThrowsAsync<CellException>(() => new NotebookHost().Run(directive + "\n1"));

        Assert.IsType<FileNotFoundException>(exception.InnerException);
    }

    [Fact]
    public async Task Exception_of_a_cell_is_told_with_the_cell()
    {
        CellException exception = await Assert.ThrowsAsync<CellException>(
            () => new NotebookHost().Run("throw new InvalidOperationException(\"no photos\");"));

        Assert.IsType<InvalidOperationException>(exception.InnerException);
        Assert.Contains("no photos", exception.Message, StringComparison.Ordinal);
        Assert.Contains("throw new", exception.Message, StringComparison.Ordinal);
    }
}
