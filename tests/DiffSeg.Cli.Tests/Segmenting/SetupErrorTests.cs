using System.Text;
using DiffSeg.Cli.Tests.Support;
using DiffSeg.Onnx;

namespace DiffSeg.Cli.Tests.Segmenting;

/// <summary>What keeps a run from beginning: exit code 2, nothing on standard output, nothing written.</summary>
public sealed class SetupErrorTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public SetupErrorTests() => _folder.Touch("a.jpg");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Missing_folder() =>
        Assert.Equal("error: 'photos' does not exist.\n", await Error("segment", "photos"));

    [Fact]
    public async Task Every_missing_input_has_its_line() =>
        Assert.Equal("error: 'photos' does not exist.\nerror: 'b.jpg' does not exist. Did you mean 'a.jpg'?\n", await Error("segment", "photos", "b.jpg"));

    [Fact]
    public async Task Empty_folder()
    {
        Directory.CreateDirectory(_folder["empty"]);
        Assert.StartsWith("error: The folder 'empty' holds no pictures", await Error("segment", "empty"));
    }

    [Fact]
    public async Task Pattern_without_a_match() =>
        Assert.StartsWith("error: No picture matches '*.webp'", await Error("segment", "*.webp"));

    [Fact]
    public async Task File_in_the_place_of_the_output_folder()
    {
        _folder.Write("out", [1]);
        Assert.Equal("error: --output 'out' is a file; give a folder.\n", await Error("segment", "a.jpg", "-o", "out"));
    }

    [Fact]
    public async Task More_anchors_than_the_model_has_positions() =>
        Assert.Equal(
            "error: --anchors 65 is more than the model's attention has positions per side, 64; give 2 to 64.\n",
            await Error("segment", "a.jpg", "--anchors", "65"));

    [Theory]
    [InlineData("segment", "a.jpg", "-m")]
    [InlineData("model", "info")]
    public async Task Missing_model_file(params string[] command)
    {
        _folder.Write("sd15.onnx", [1]);

        Assert.Equal("error: There is no model file 'sd51.onnx'. Did you mean 'sd15.onnx'?\n", await Error([.. command, "sd51.onnx"]));
        Assert.Equal("error: There is no model file 'none/x.onnx'. Give an ONNX file, 'demo' for the built-in model, or a name that 'diffseg model list' shows.\n", await Error([.. command, "none/x.onnx"]));
    }

    [Theory]
    [InlineData("segment", "a.jpg", "-m")]
    [InlineData("model", "info")]
    public async Task File_that_is_no_model(params string[] command)
    {
        _folder.Write("page.onnx", "<html>Please log in</html>"u8);

        string error = await Error([.. command, "page.onnx"]);

        Assert.Contains($"'{_folder["page.onnx"]}' cannot be used.", error);
        Assert.DoesNotContain("   at ", error);
    }

    // The demo model's file with bytes of its description exchanged: still ONNX, no more an attention model.
    [Theory]
    [InlineData("diffseg.format", "unknown.format", "diffseg.format")]
    [InlineData("attention_64=64x64", "attention_64=63x63", "63")]
    [InlineData("attention_16=16x16", "attention_17=16x16", "attention_17")]
    public async Task Onnx_file_without_a_description_or_with_a_wrong_one(string text, string exchanged, string named)
    {
        byte[] model = File.ReadAllBytes(AttentionModel.Demo.Path);
        Span<byte> place = model.AsSpan(model.AsSpan().IndexOf(Encoding.ASCII.GetBytes(text)));
        Encoding.ASCII.GetBytes(exchanged).CopyTo(place);
        _folder.Write("m.onnx", model);

        string error = await Error("segment", "a.jpg", "-m", "m.onnx");

        Assert.StartsWith($"error: '{_folder["m.onnx"]}' cannot be used. Looked for ", error);
        Assert.Contains(named, error);
        Assert.Equal(error, await Error("model", "info", "m.onnx"));
    }

    [Fact]
    public async Task Folder_that_is_no_model() =>
        Assert.Contains("cannot be used. Looked for", await Error("segment", "a.jpg", "-m", "."));

    private async Task<string> Error(params string[] arguments)
    {
        string[] before = _folder.Files;
        (int code, string output, string error) = await new ToolRun(_folder.Path).Run(arguments);
        Assert.Equal((2, ""), (code, output));
        Assert.Equal(before, _folder.Files);
        return error;
    }
}
