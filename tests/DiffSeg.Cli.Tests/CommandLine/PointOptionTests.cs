using DiffSeg.Cli.Tests.Support;

namespace DiffSeg.Cli.Tests.CommandLine;

public sealed class PointOptionTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly ToolRun _tool;

    public PointOptionTests()
    {
        _folder.Touch("a.jpg");
        _tool = new ToolRun(_folder.Path);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Points_of_both_kinds_in_any_order()
    {
        Assert.Equal(0, (await _tool.Run(
            "segment", "a.jpg", "--point", "3,4", "--background-point", "5,6", "--point", "0, 17")).Code);
        Assert.Equal([new PointPrompt(3, 4), new(0, 17), new(5, 6, Foreground: false)], _tool.Request!.Points);
    }

    [Fact]
    public async Task There_are_none_unless_given()
    {
        await _tool.Run("segment", "a.jpg");
        Assert.Empty(_tool.Request!.Points);
    }

    [Theory]
    [InlineData("--point", "3")]
    [InlineData("--point", "3,4,5")]
    [InlineData("--point", "3;4")]
    [InlineData("--point", "x,4")]
    [InlineData("--point", "-1,4")]
    [InlineData("--point", "1.5,4")]
    public async Task What_is_no_point_is_refused(string option, string text)
    {
        (int code, _, string error) = await _tool.Run("segment", "a.jpg", option, text);
        Assert.Equal(2, code);
        Assert.Contains($"{option} takes a column and a row in pixels, such as 320,240, not '{text}'.", error);
    }

    [Fact]
    public async Task A_background_point_needs_a_point()
    {
        (int code, _, string error) = await _tool.Run("segment", "a.jpg", "--background-point", "1,2");
        Assert.Equal(2, code);
        Assert.Contains("--background-point leaves something out of the segment of a --point; give one.", error);
    }

    [Theory]
    [InlineData("--kl-threshold", "1")]
    [InlineData("--anchors", "16")]
    [InlineData("--iterations", "3")]
    [InlineData("--refine")]
    [InlineData("--fit", "crop")]
    [InlineData("--size", "model")]
    [InlineData("--min-region", "1%")]
    [InlineData("--regions")]
    public async Task Settings_of_the_merging_mean_nothing_with_a_point(params string[] option)
    {
        (int code, _, string error) = await _tool.Run(["segment", "a.jpg", "--point", "1,2", .. option]);
        Assert.Equal(2, code);
        Assert.Contains($"{option[0]} means nothing with --point", error);
    }
}
