using DiffSeg.Cli.Tests.Support;

namespace DiffSeg.Cli.Tests.CommandLine;

public sealed class UsageErrorTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public UsageErrorTests() => _folder.Touch("a.jpg");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--kl-threshold", "0", "--kl-threshold takes a number above 0, usually 0.7 to 1.4, not '0'.")]
    [InlineData("--kl-threshold", "-1", "--kl-threshold takes a number above 0, usually 0.7 to 1.4, not '-1'.")]
    [InlineData("--kl-threshold", "NaN", "--kl-threshold takes a number above 0, usually 0.7 to 1.4, not 'NaN'.")]
    [InlineData("--kl-threshold", "Infinity", "--kl-threshold takes a number above 0, usually 0.7 to 1.4, not 'Infinity'.")]
    [InlineData("--kl-threshold", "1e60", "--kl-threshold takes a number above 0, usually 0.7 to 1.4, not '1e60'.")]
    [InlineData("--kl-threshold", "1,1", "--kl-threshold takes a number above 0, usually 0.7 to 1.4, not '1,1'.")]
    [InlineData("--anchors", "0", "--anchors takes a whole number from 2 to the side of the model's attention (64 for most), not '0'.")]
    [InlineData("--anchors", "1", "--anchors takes a whole number from 2 to the side of the model's attention (64 for most), not '1'.")]
    [InlineData("--anchors", "many", "--anchors takes a whole number from 2 to the side of the model's attention (64 for most), not 'many'.")]
    [InlineData("--iterations", "0", "--iterations takes a whole number from 1 to 100, not '0'.")]
    [InlineData("--fit", "padd", "--fit takes pad or crop, not 'padd'. Did you mean 'pad'?")]
    [InlineData("--size", "big", "--size takes original, model, or WIDTHxHEIGHT in pixels such as 800x600 (up to 32768 each), not 'big'.")]
    [InlineData("--size", "0x5", "--size takes original, model, or WIDTHxHEIGHT in pixels such as 800x600 (up to 32768 each), not '0x5'.")]
    [InlineData("--size", "5x", "--size takes original, model, or WIDTHxHEIGHT in pixels such as 800x600 (up to 32768 each), not '5x'.")]
    [InlineData("--size", "32769x1", "--size takes original, model, or WIDTHxHEIGHT in pixels such as 800x600 (up to 32768 each), not '32769x1'.")]
    [InlineData("--size", "orginal", "--size takes original, model, or WIDTHxHEIGHT in pixels such as 800x600 (up to 32768 each), not 'orginal'. Did you mean 'original'?")]
    [InlineData("--min-region", "101%", "--min-region takes a share of the picture such as 0.5% or 0.005, not '101%'.")]
    [InlineData("--min-region", "%", "--min-region takes a share of the picture such as 0.5% or 0.005, not '%'.")]
    [InlineData("--min-region", "-0.1", "--min-region takes a share of the picture such as 0.5% or 0.005, not '-0.1'.")]
    [InlineData("--min-region", "NaN", "--min-region takes a share of the picture such as 0.5% or 0.005, not 'NaN'.")]
    [InlineData("--opacity", "2", "--opacity takes a share from 0 to 1, or a percentage, not '2'.")]
    [InlineData("--threads", "0", "--threads takes a number of threads from 1 to 1024, not '0'.")]
    [InlineData("--gpu", "-1", "--gpu takes the number of a GPU, 0 for the first, not '-1'.")]
    [InlineData("--gpu", "x", "--gpu takes the number of a GPU, 0 for the first, not 'x'.")]
    public async Task Wrong_value_names_the_option_what_it_takes_and_what_was_given(string option, string value, string message)
    {
        (int code, string output, string error) = await new ToolRun(_folder.Path).Run("segment", "a.jpg", option, value);

        Assert.Equal($"error: {message}\nSee diffseg segment --help.\n", error);
        Assert.Equal((2, ""), (code, output));
    }

    [Theory]
    [InlineData("There is no option '--anchor'. Did you mean '--anchors'? (For a picture of that name write './--anchor'.)", "segment", "a.jpg", "--anchor", "8")]
    [InlineData("There is no option '--no-overley'. Did you mean '--no-overlay'? (For a picture of that name write './--no-overley'.)", "segment", "a.jpg", "--no-overley")]
    [InlineData("There is no option '--treads'. Did you mean '--threads'? (For a picture of that name write './--treads=3'.)", "segment", "a.jpg", "--treads=3")]
    [InlineData("There is no option '--xyzzy'. (For a picture of that name write './--xyzzy'.)", "segment", "a.jpg", "--xyzzy")]
    [InlineData("--overlay and --no-overlay contradict each other; give one of them.", "segment", "a.jpg", "--overlay", "--no-overlay")]
    [InlineData("--contact-sheet shows the overlays that --no-overlay leaves out; give one of them.", "segment", "a.jpg", "--contact-sheet", "--no-overlay")]
    [InlineData("Required argument missing for option: '--size'.", "segment", "a.jpg", "--size")]
    [InlineData("Required argument 'images' missing for command: 'segment'.", "segment")]
    public async Task Wrong_command_line_is_explained(string message, params string[] arguments)
    {
        (int code, _, string error) = await new ToolRun(_folder.Path).Run(arguments);

        Assert.Equal($"error: {message}\nSee diffseg segment --help.\n", error);
        Assert.Equal(2, code);
    }

    [Theory]
    [InlineData("There is no command 'segmnet'. Did you mean 'segment'?", "diffseg", "segmnet")]
    [InlineData("There is no option '--versoin'. Did you mean '--version'?", "diffseg", "--versoin")]
    [InlineData("There is no command 'inof'. Did you mean 'info'?", "diffseg model", "model", "inof")]
    public async Task Wrong_command_is_explained(string message, string path, params string[] arguments)
    {
        (int code, _, string error) = await new ToolRun(_folder.Path).Run(arguments);

        Assert.Equal($"error: {message}\nSee {path} --help.\n", error);
        Assert.Equal(2, code);
    }

    [Fact]
    public async Task All_mistakes_are_listed_at_once()
    {
        (_, _, string error) = await new ToolRun(_folder.Path).Run("segment", "a.jpg", "--fit", "x", "--threads", "y");

        Assert.Equal(2, error.Split("error: ").Length - 1);
    }

    [Fact]
    public async Task A_picture_may_be_called_like_an_option()
    {
        _folder.Touch("--anchor.jpg");
        var tool = new ToolRun(_folder.Path);

        (int code, _, _) = await tool.Run("segment", "./--anchor.jpg");

        Assert.Equal(0, code);
        Assert.Equal(["--anchor.jpg"], tool.Segmenter.Seen);
    }
}
