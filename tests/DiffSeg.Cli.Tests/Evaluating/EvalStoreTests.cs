namespace DiffSeg.Cli.Tests.Evaluating;

/// <summary>Attention that is kept on disk.</summary>
public sealed class EvalStoreTests : IDisposable
{
    private readonly EvalRunner _eval = new();

    public void Dispose() => _eval.Dispose();

    [Fact]
    public async Task Kept_attention_gives_the_same_figures_without_the_model()
    {
        await _eval.Good("plain", "--sweep", "weights");
        string first = await _eval.Good("first", "--sweep", "weights", "--store", "kept");
        string second = await _eval.Good("second", "--sweep", "weights", "--store", "kept");

        Assert.Contains("The model ran 4 times, 0 images with attention from the disk", first, StringComparison.Ordinal);
        Assert.Contains("The model ran 0 times, 4 images with attention from the disk", second, StringComparison.Ordinal);
        Assert.Equal(_eval.Figures("plain"), _eval.Figures("first"));
        Assert.Equal(_eval.Figures("plain"), _eval.Figures("second"));
        Assert.Equal(4, Kept.Length);
        Assert.Contains("attention from disk", _eval.Metrics("second")["runs"]![0]!["stages"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attention_is_kept_by_contents_of_picture_and_model_and_by_preparation()
    {
        await _eval.Good("first", "--store", "kept");

        File.Move(_eval.Folder["set/images/p00.png"], _eval.Folder["set/images/z.png"]);
        File.Move(_eval.Folder["set/labels/p00.png"], _eval.Folder["set/labels/z.png"]);
        Assert.Contains("The model ran 0 times, 4 images", await _eval.Good("renamed", "--store", "kept"), StringComparison.Ordinal);

        MadeUpSet.WriteImage(_eval.Folder, "z", 9);
        Assert.Contains("The model ran 1 time, 3 images", await _eval.Good("changed", "--store", "kept"), StringComparison.Ordinal);

        (_, string output, _) = await _eval.Tool.Run(
            "eval", "folder", "--root", "set", "--model", "small.onnx", "--anchors", "8", "--fit", "pad", "--store", "kept", "-o", "padded");
        Assert.Contains("The model ran 4 times, 0 images", output, StringComparison.Ordinal);

        SmallModel.Write(_eval.Folder["small.onnx"], sharpness: 5);
        Assert.Contains("The model ran 4 times, 0 images", await _eval.Good("other", "--store", "kept"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.99)]
    [InlineData(0)]
    public async Task Damaged_files_are_made_again(double where)
    {
        await _eval.Good("first", "--store", "kept");
        string[] kept = Kept;
        byte[] bytes = File.ReadAllBytes(kept[1]);
        bytes[(int)(where * (bytes.Length - 1))] ^= 1;
        File.WriteAllBytes(kept[1], bytes);
        File.WriteAllBytes(kept[2], bytes[..100]);

        string output = await _eval.Good("second", "--store", "kept");

        Assert.Contains("The model ran 2 times, 2 images with attention from the disk (2 damaged, made again)", output, StringComparison.Ordinal);
        Assert.Equal(_eval.Figures("first"), _eval.Figures("second"));
        Assert.Contains("The model ran 0 times", await _eval.Good("third", "--store", "kept"), StringComparison.Ordinal);
        Assert.All(Kept, file => Assert.False(Path.GetFileName(file).StartsWith('.'), file));
    }

    private string[] Kept =>
        [.. Directory.GetFiles(_eval.Folder["kept"], "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
