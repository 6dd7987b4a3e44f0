using DiffSeg.Onnx;

namespace DiffSeg.Cli.Tests.Evaluating;

/// <summary>What is wrong with data sets, models and command lines.</summary>
public sealed class EvalBadInputTests : IDisposable
{
    private readonly EvalRunner _eval = new(images: 3);

    public void Dispose() => _eval.Dispose();

    [Fact]
    public async Task Images_that_cannot_be_used_are_skipped_told_and_named_in_the_report()
    {
        _eval.Folder.Write("set/images/a-text.png", "no picture"u8);
        MadeUpSet.WriteLabels(_eval.Folder, "a-text", [0, 1, 0, 1], 2, 2);
        MadeUpSet.WriteImage(_eval.Folder, "b-size", 1);
        MadeUpSet.WriteLabels(_eval.Folder, "b-size", [0, 1, 0, 1], 2, 2);
        MadeUpSet.WriteImage(_eval.Folder, "c-value", 1);
        MadeUpSet.WriteLabels(_eval.Folder, "c-value", [.. Enumerable.Repeat((ushort)7, 90 * 70)], 90, 70);
        MadeUpSet.WriteImage(_eval.Folder, "d-labels", 1);
        _eval.Folder.Write("set/labels/d-labels.png", "no picture"u8);

        (int code, string output, string error) = await _eval.Run("out", "--sweep", "iterations=2,3");

        Assert.Equal(1, code);
        string[] lines = error.Split('\n');
        Assert.Equal($"skipped {Path.Combine("set", "images", "a-text.png")}: is a text, not a picture", lines[0]);
        Assert.Contains("b-size.png' is 2 x 2, its image", lines[1], StringComparison.Ordinal);
        Assert.Contains("c-value.png", lines[2], StringComparison.Ordinal);
        Assert.Contains("7", lines[2], StringComparison.Ordinal);
        Assert.Contains("d-labels.png", lines[3], StringComparison.Ordinal);
        Assert.Equal("4 images skipped, for the reasons above.", lines[4]);
        Assert.Contains("The model ran 3 times", output, StringComparison.Ordinal);
        Assert.Equal(3, (int)_eval.Metrics("out")["data_set"]!["images_counted"]!);
        Assert.Equal(
            ["a-text", "b-size", "c-value", "d-labels"],
            _eval.Metrics("out")["data_set"]!["skipped"]!.AsArray().Select(image => (string?)image!["id"]));

        // What is repaired counts when the command is given again.
        MadeUpSet.WriteImage(_eval.Folder, "b-size", 1);
        (code, output, _) = await _eval.Run("out", "--sweep", "iterations=2,3");
        Assert.Equal(1, code);
        Assert.Contains("The model ran 1 time", output, StringComparison.Ordinal);
        Assert.Equal(4, (int)_eval.Metrics("out")["data_set"]!["images_counted"]!);
    }

    [Fact]
    public async Task Without_any_usable_image_there_is_no_report()
    {
        foreach (string file in Directory.GetFiles(_eval.Folder["set/images"]))
        {
            File.WriteAllText(file, "no picture");
        }

        (int code, _, string error) = await _eval.Run("out");

        Assert.Equal(1, code);
        Assert.Contains("no image could be evaluated", error, StringComparison.Ordinal);
        Assert.False(File.Exists(_eval.Folder["out/metrics.json"]));
    }

    [Theory]
    [InlineData("coco-stuff-27", "stuffthingmaps/val2017/")]
    [InlineData("cityscapes-27", "gtFine/val/CITY/")]
    [InlineData("bsds500", "groundTruth/test/")]
    [InlineData("ecssd", "ground_truth_mask/")]
    [InlineData("folder", "classes.txt")]
    public async Task Data_set_that_is_not_there_shows_the_expected_folders(string dataSet, string expected)
    {
        Directory.CreateDirectory(_eval.Folder["empty"]);

        (int code, _, string error) = await _eval.Tool.Run("eval", dataSet, "--root", "empty", "--model", "small.onnx", "-o", "out");

        Assert.Equal(2, code);
        Assert.Contains("--root: ", error, StringComparison.Ordinal);
        Assert.Contains("Expected:", error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_eval.Folder["out"]));
    }

    [Fact]
    public async Task Images_without_label_map_and_the_reverse_are_told_at_once()
    {
        File.Delete(_eval.Folder["set/labels/p01.png"]);
        (int code, _, string error) = await _eval.Run("out");
        Assert.Equal(2, code);
        Assert.Contains("p01.png", error, StringComparison.Ordinal);

        File.Move(_eval.Folder["set/images/p01.png"], _eval.Folder["set/labels/p01.png"]);
        (code, _, error) = await _eval.Run("out");
        Assert.Equal(2, code);
        Assert.Contains("p01.png", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--classes", "nowhere.txt", "There is no class file")]
    [InlineData("--split", "val", "--split: folder has no splits.")]
    [InlineData("--model", "nowhere.onnx", "There is no model file 'nowhere.onnx'.")]
    [InlineData("--model", "merged.onnx", "--model: 'merged.onnx' merges in its graph, and what is evaluated begins with attention.")]
    [InlineData("--model", "tall.onnx", "--model: 'tall.onnx' takes pictures of 64 x 128, and centre squares are compared.")]
    [InlineData("--anchors", "17", "--anchors 17 is more than the attention of 'small.onnx' has positions per side, 16; give 2 to 16.")]
    [InlineData("--sweep", "anchors=8,17", "--sweep anchors: 17 is more than the attention of 'small.onnx' has positions per side; give 2 to 16.")]
    [InlineData("--sweep", "weights=16,32", "--sweep weights: 'small.onnx' has no attention of side 32; its sides are 16, 8.")]
    [InlineData("--sweep", "thresold", "--sweep takes threshold, weights, anchors, iterations, refine, resolution, alone or with values, not 'thresold'. Did you mean 'threshold'?")]
    [InlineData("--sweep", "threshold=1.3:0.7:0.1", "--sweep threshold takes numbers above 0, such as threshold=0.7:1.3:0.1 or threshold=0.9,1.1; not '1.3:0.7:0.1'.")]
    [InlineData("--method", "kmean-c", "not 'kmean-c'. Did you mean 'kmeans-c'?")]
    [InlineData("--shard", "5/4", "--shard takes a part such as 2/4, not '5/4'.")]
    [InlineData("--size", "8", "--size takes a side in pixels from 16 to 4096, or original, not '8'.")]
    [InlineData("--limit", "0", "--limit takes a number of images from 1, not '0'.")]
    [InlineData("--matching", "class", "--matching takes image or dataset, not 'class'.")]
    [InlineData("--fit", "pad", "--size 64: whole pictures are compared at their own size; give --fit crop, or --size original.")]
    public async Task Wrong_values_are_told_before_anything_is_written(string option, string value, string message)
    {
        File.WriteAllBytes(_eval.Folder["merged.onnx"], DemoAttentionModel.Build(new FirstMerge { AnchorsPerSide = 8 }));
        SmallModel.Write(_eval.Folder["tall.onnx"], height: 128);
        string[] usual = [.. EvalRunner.Usual];
        int given = Array.IndexOf(usual, option);
        string[] arguments = given < 0 ? [.. usual, option, value] : [.. usual[..given], option, value, .. usual[(given + 2)..]];

        (int code, _, string error) = await _eval.Tool.Run([.. arguments, "-o", "out"]);

        Assert.Equal(2, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_eval.Folder["out"]));
    }

    [Fact]
    public async Task Weights_of_a_single_resolution_cannot_be_swept()
    {
        SmallModel.Write(_eval.Folder["small.onnx"], sides: [16]);

        (int code, _, string error) = await _eval.Run("out", "--sweep", "weights");

        Assert.Equal(2, code);
        Assert.Contains("--sweep weights: 'small.onnx' gives attention of one resolution (16) only", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_data_set_gets_a_suggestion()
    {
        (int code, _, string error) = await _eval.Tool.Run("eval", "coco-stuf-27", "--root", "set", "-o", "out");

        Assert.Equal(2, code);
        Assert.Contains("There is no data set 'coco-stuf-27'; the data sets are coco-stuff-27, cityscapes-27, bsds500, ecssd, folder. Did you mean 'coco-stuff-27'?", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_that_is_a_file_is_told()
    {
        _eval.Folder.Write("out", "a file"u8);

        (int code, _, string error) = await _eval.Run("out");

        Assert.Equal((2, "error: --output 'out' is a file; give a folder.\n"), (code, error));
    }

    [Fact]
    public async Task Model_that_cannot_be_run_is_told_before_anything_is_written()
    {
        AttentionModel model = AttentionModel.Load(_eval.Folder["small.onnx"]);
        byte[] bytes = File.ReadAllBytes(model.Path);
        int at = bytes.AsSpan().IndexOf("MatMul"u8);
        "Mixmax"u8.CopyTo(bytes.AsSpan(at));
        File.WriteAllBytes(model.Path, bytes);

        (int code, _, string error) = await _eval.Run("out");

        Assert.Equal(2, code);
        Assert.Contains("--model: ONNX Runtime cannot run", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_eval.Folder["out"]));
    }
}
