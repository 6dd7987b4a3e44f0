using System.Text.Json.Nodes;
using DiffSeg.Cli.Tests.Support;
using DiffSeg.Tests.DataSets;

namespace DiffSeg.Cli.Tests.Evaluating;

/// <summary>The data sets that have a name.</summary>
public sealed class EvalDataSetTests : IDisposable
{
    private readonly EvalRunner _eval = new(images: 0);

    public void Dispose() => _eval.Dispose();

    // Where both annotators drew what the model sees, all measures are nearly perfect.
    [Fact]
    public async Task Segments_of_several_annotators_are_compared_over_whole_pictures()
    {
        for (int i = 0; i < 3; i++)
        {
            int edge = 40 + (8 * i);
            TestPicture.Save(_eval.Folder[$"bsds/images/test/{i}.jpg"], 96, 64, (x, _) => x < edge ? [230, 60, 20, 255] : [30, 60, 200, 255]);
            ushort[] labels = [.. Enumerable.Range(0, 96 * 64).Select(at => (ushort)(at % 96 < edge ? 1 : 2))];
            _eval.Folder.Write($"bsds/groundTruth/test/{i}.mat", MatDraft.GroundTruth(64, 96, labels, labels));
        }

        (int code, _, string error) = await _eval.Tool.Run(
            "eval", "bsds500", "--root", "bsds", "-m", "small.onnx", "--anchors", "8", "--method", "diffseg,kmeans-s,one-segment", "-o", "out");

        Assert.Equal((0, ""), (code, error));
        JsonObject metrics = _eval.Metrics("out");
        Assert.Equal("covering", (string?)metrics["image_metric"]);
        Assert.Equal("test", (string?)metrics["data_set"]!["split"]);
        Dictionary<string, double> diffSeg = Figures(0), one = Figures(2);
        Assert.InRange(diffSeg["covering"], 0.9, 1);
        Assert.InRange(diffSeg["rand_index"], 0.9, 1);
        Assert.InRange(diffSeg["boundary_recall"], 0.5, 1);
        Assert.True(diffSeg["variation_of_information"] < one["variation_of_information"]);
        Assert.Equal(0, one["boundary_recall"]);
        Assert.Equal(2, (double)metrics["runs"]![1]!["mean_segments"]!);

        Dictionary<string, double> Figures(int run) => metrics["runs"]![run]!["metrics"]!.AsArray()
            .ToDictionary(metric => (string)metric!["name"]!, metric => (double)metric!["value"]!);
    }

    [Theory]
    [InlineData("coco-stuff-27", "coco-stuff", "all", 4, "published; as quoted")]
    [InlineData("cityscapes-27", "cityscapes", "train", 2, "published; as quoted")]
    public async Task Samples_of_public_data_sets_go_through(string dataSet, string folder, string split, int images, string published)
    {
        string root = SharedFixtures.PathOf(Path.Combine("..", "datasets", folder));
        Assert.SkipUnless(Directory.Exists(root), "There are no samples of data sets beside the fixtures.");

        (int code, _, string error) = await _eval.Tool.Run("eval", dataSet, "--root", root, "--split", split, "-m", "small.onnx", "-o", "out");

        Assert.Equal((0, ""), (code, error));
        JsonObject metrics = _eval.Metrics("out");
        Assert.Equal(27, metrics["data_set"]!["classes"]!.AsArray().Count);
        Assert.Equal(images, (int)metrics["data_set"]!["images_counted"]!);
        Assert.Equal((512, 512), ((int)metrics["protocol"]!["height"]!, (int)metrics["protocol"]!["width"]!));
        Assert.Contains(published, File.ReadAllText(_eval.Folder["out/report.md"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Threshold_of_stable_diffusion_is_the_published_one()
    {
        string root = SharedFixtures.PathOf(Path.Combine("..", "datasets", "cityscapes"));
        Assert.SkipUnless(Directory.Exists(root), "There are no samples of data sets beside the fixtures.");
        SmallModel.Write(_eval.Folder["sd.onnx"], timeStep: 300);

        (int code, string output, _) = await _eval.Tool.Run("eval", "cityscapes-27", "--root", root, "--split", "train", "-m", "sd.onnx", "--limit", "1", "-o", "out");

        Assert.Equal(0, code);
        Assert.Contains("KL threshold with sd.onnx: 0.9 (published for Stable Diffusion on Cityscapes-27).", output, StringComparison.Ordinal);
        Assert.Contains("0.9 (published for Stable Diffusion on Cityscapes-27)", _eval.Metrics("out")["settings"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Curated_images_that_are_not_there_point_to_the_split_of_all()
    {
        string root = SharedFixtures.PathOf(Path.Combine("..", "datasets", "coco-stuff"));
        Assert.SkipUnless(Directory.Exists(root), "There are no samples of data sets beside the fixtures.");

        (int code, _, string error) = await _eval.Tool.Run("eval", "coco-stuff-27", "--root", root, "-m", "small.onnx", "-o", "out");

        Assert.Equal(2, code);
        Assert.Contains("With --split all, every image that is there is taken", error, StringComparison.Ordinal);
    }
}
