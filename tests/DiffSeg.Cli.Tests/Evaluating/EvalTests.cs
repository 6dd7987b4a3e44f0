using System.Text.Json.Nodes;
using DiffSeg.Cli.Tests.Support;
using DiffSeg.DataSets;
using DiffSeg.Evaluation;
using DiffSeg.Onnx;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;

namespace DiffSeg.Cli.Tests.Evaluating;

/// <summary>The command from end to end, on a made-up data set with a small model.</summary>
public sealed class EvalTests : IDisposable
{
    private readonly EvalRunner _eval = new();

    public void Dispose() => _eval.Dispose();

    [Fact]
    public async Task Figures_are_those_of_a_direct_computation()
    {
        await _eval.Good("out");

        EvaluationScores direct = Direct();
        JsonNode run = Assert.Single(_eval.Metrics("out")["runs"]!.AsArray())!;
        Assert.Equal(direct.Classes!.PixelAccuracy, Value(run, "pixel_accuracy"));
        Assert.Equal(direct.Classes.MeanIoU, Value(run, "mean_iou"));
        Assert.Equal(direct.Classes.PerClassIoU, run["class_iou"]!.AsArray().Select(iou => (double?)iou));
        Assert.InRange(direct.Classes.MeanIoU!.Value, 0.3, 1);
        Assert.Equal(4, run["metrics"]![0]!["count"]!.GetValue<int>());
    }

    [Fact]
    public async Task All_methods_stand_in_the_report_with_their_costs()
    {
        string output = await _eval.Good("out", "--method", "all");

        JsonObject metrics = _eval.Metrics("out");
        JsonArray runs = metrics["runs"]!.AsArray();
        Assert.Equal(
            ["DiffSeg", "K-Means-C", "K-Means-S", "K-Means, as many as DiffSeg", "DBSCAN", "One segment", "Colour and position"],
            runs.Select(run => (string?)run!["method"]));
        Assert.Contains("The model ran 4 times", output, StringComparison.Ordinal);
        Assert.Contains("KL threshold with small.onnx: 0.7 (recommended by the model).", output, StringComparison.Ordinal);
        foreach (JsonNode? run in runs)
        {
            Assert.Contains((string?)run!["name"] ?? "", output, StringComparison.Ordinal);
            Assert.True(Value(run, "pixel_accuracy") > 0, (string?)run["name"]);
            string?[] stages = [.. run["stages"]!.AsArray().Select(stage => (string?)stage!["name"])];
            Assert.Equal(run["model"] is not null, stages.Contains("aggregation"));
            Assert.Equal(run["model"] is not null, stages.Contains("model"));
            Assert.Contains("metrics", stages);
        }

        Assert.Equal(1, (double)runs[5]!["mean_segments"]!);
        Assert.Equal((double)runs[0]!["mean_segments"]!, (double)runs[6]!["mean_segments"]!);
        Assert.Equal(64, (string?)metrics["models"]![0]!["sha256"] is { } hash ? hash.Length : 0);
        foreach (string file in new[] { "report.html", "report.md", "journal.jsonl", "masks/p00.mask.png", "masks/p00.truth.png", "pictures/p03.overlay.jpg" })
        {
            Assert.Contains("out/" + file, _eval.Folder.Files);
        }
    }

    [Fact]
    public async Task Twenty_settings_run_the_model_once_per_image()
    {
        string output = await _eval.Good(
            "out", "--sweep", "threshold=0.1:1.1:0.1", "--sweep", "anchors=4,8,16", "--sweep", "iterations=1:4:1", "--sweep", "refine", "--sweep", "weights", "--sweep", "resolution=32,64");

        Assert.Contains("4 images, 20 settings", output, StringComparison.Ordinal);
        Assert.Contains("The model ran 4 times", output, StringComparison.Ordinal);
        JsonObject metrics = _eval.Metrics("out");
        Assert.Equal(20, metrics["runs"]!.AsArray().Count);
        JsonArray sweeps = metrics["sweeps"]!.AsArray();
        Assert.Equal(["threshold", "anchors", "iterations", "refine", "weights", "resolution"], sweeps.Select(sweep => (string?)sweep!["axis"]));
        Assert.All(sweeps, sweep => Assert.Single(sweep!["points"]!.AsArray(), point => (bool)point!["is_default"]! && (string?)point["run"] == "DiffSeg"));
        Assert.Equal(1 + (4 * 20), _eval.Journal("out").Length);
    }

    // A setting gives the same in company and alone, whatever memory it shares.
    [Fact]
    public async Task Settings_do_not_disturb_one_another()
    {
        await _eval.Good("sweep", "--sweep", "threshold=0.3,0.9", "--sweep", "weights=16,8", "--sweep", "refine", "--sweep", "iterations=1,2,5", "--sweep", "resolution=40");
        await _eval.Good("low", "--kl-threshold", "0.3");
        await _eval.Good("refined", "--refine");
        await _eval.Good("once", "--iterations", "1");
        await _eval.Good("often", "--iterations", "5");

        JsonArray runs = _eval.Metrics("sweep")["runs"]!.AsArray();
        Assert.Equal(Alone("low"), Of("DiffSeg, KL threshold 0.3"));
        Assert.Equal(Alone("refined"), Of("DiffSeg, refinement on"));
        Assert.Equal(Alone("once"), Of("DiffSeg, 1 iteration"));
        Assert.Equal(Alone("often"), Of("DiffSeg, 5 iterations"));
        Assert.NotEqual(Of("DiffSeg, 1 iteration"), Of("DiffSeg, 5 iterations"));
        Assert.NotEqual(Of("DiffSeg"), Of("DiffSeg, KL threshold 0.3"));
        Assert.NotEqual(Of("DiffSeg, weights only 16"), Of("DiffSeg, weights only 8"));

        string Of(string name) => runs.Single(run => (string?)run!["name"] == name)!["metrics"]!.ToJsonString();
        string Alone(string output) => _eval.Metrics(output)["runs"]![0]!["metrics"]!.ToJsonString();
    }

    [Fact]
    public async Task Several_models_are_a_sweep_over_time_steps()
    {
        SmallModel.Write(_eval.Folder["late.onnx"], timeStep: 300);
        SmallModel.Write(_eval.Folder["early.onnx"], timeStep: 100, sharpness: 9);

        (int code, string output, string error) = await _eval.Tool.Run(
            "eval", "folder", "--root", "set", "--model", "late.onnx", "-m", "early.onnx", "--method", "diffseg,one-segment", "--anchors", "8", "--size", "64", "-o", "out");

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("The model ran 8 times", output, StringComparison.Ordinal);
        JsonObject metrics = _eval.Metrics("out");
        Assert.Equal(["DiffSeg", "One segment", "DiffSeg, early.onnx"], metrics["runs"]!.AsArray().Select(run => (string?)run!["name"]));
        JsonNode sweep = Assert.Single(metrics["sweeps"]!.AsArray())!;
        Assert.Equal("time-step", (string?)sweep["axis"]);
        Assert.Equal(["100", "300"], sweep["points"]!.AsArray().Select(point => (string?)point!["label"]));
        Assert.Equal(["late.onnx", "early.onnx"], metrics["models"]!.AsArray().Select(model => (string?)model!["name"]));
    }

    [Fact]
    public async Task Matching_over_the_data_set_is_named_and_counted_otherwise()
    {
        await _eval.Good("image");
        await _eval.Good("dataset", "--matching", "dataset");

        Assert.Equal("per-image", (string?)_eval.Metrics("image")["protocol"]!["matching"]);
        Assert.Equal("per-data-set", (string?)_eval.Metrics("dataset")["protocol"]!["matching"]);
        double image = Value(_eval.Metrics("image")["runs"]![0]!, "pixel_accuracy"), set = Value(_eval.Metrics("dataset")["runs"]![0]!, "pixel_accuracy");
        Assert.True(set <= image, $"{set} {image}");
    }

    [Fact]
    public async Task Figures_before_a_ground_are_compared_whole_at_their_own_size()
    {
        for (int i = 0; i < 3; i++)
        {
            int left = 10 + (5 * i);
            TestPicture.Save(_eval.Folder[$"figures/images/{i}.jpg"], 90, 50, (x, _) => x >= left && x < left + 30 ? [230, 60, 20, 255] : [30, 60, 200, 255]);
            TestPicture.Save(_eval.Folder[$"figures/ground_truth_mask/{i}.png"], 90, 50, (x, _) => x >= left && x < left + 30 ? [255, 255, 255, 255] : [0, 0, 0, 255]);
        }

        (int code, _, string error) = await _eval.Tool.Run("eval", "ecssd", "--root", "figures", "-m", "small.onnx", "--anchors", "8", "-o", "out", "--method", "diffseg,one-segment");

        Assert.Equal((0, ""), (code, error));
        JsonObject metrics = _eval.Metrics("out");
        Assert.Null(metrics["protocol"]!["crop"]);
        Assert.Null(metrics["protocol"]!["height"]);
        Assert.Equal("none", (string?)metrics["protocol"]!["matching"]);

        // 90 pixels on 64: the edge of the figure is a token wide.
        Assert.InRange(Value(metrics["runs"]![0]!, "figure_iou"), 0.8, 1);
        Assert.Equal(0, Value(metrics["runs"]![1]!, "figure_iou"));
        using MLImage mask = MLImage.CreateFromFile(_eval.Folder["out/masks/0.mask.png"]);
        Assert.Equal((90, 50), (mask.Width, mask.Height));
    }

    [Fact]
    public async Task Limit_takes_the_first_images()
    {
        string output = await _eval.Good("out", "--limit", "2");

        Assert.Contains("2 images, 1 setting", output, StringComparison.Ordinal);
        Assert.Equal(["p00", "p01"], _eval.Metrics("out")["images"]!.AsArray().Select(image => (string?)image!["id"]));
        Assert.Equal(4, (int)_eval.Metrics("out")["data_set"]!["images_in_split"]!);
    }

    private static double Value(JsonNode run, string metric) =>
        (double)run["metrics"]!.AsArray().Single(value => (string?)value!["name"] == metric)!["value"]!;

    // Without any of the command's own steps: a plain resize, the model in ONNX Runtime, the library.
    private EvaluationScores Direct()
    {
        AttentionModel model = AttentionModel.Load(_eval.Folder["small.onnx"]);
        using var session = new InferenceSession(model.Path);
        using var run = new RunOptions();
        var segmenter = new DiffSegSegmenter(new DiffSegOptions { KlThreshold = 0.7f, AnchorsPerSide = 8 });
        var evaluator = new SegmentationEvaluator(new EvaluationOptions { Measures = EvaluationMeasures.Classes, ClassCount = MadeUpSet.Classes });
        foreach (SegmentationSample sample in SegmentationDataSet.FromFolder(_eval.Folder["set"]).Samples)
        {
            using OrtValue input = OrtValue.CreateTensorValueFromMemory(Pixels(sample.ImagePath), [1, 3, SmallModel.Side, SmallModel.Side]);
            using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, [model.InputName], [input], model.OutputNames);
            using AggregatedAttention attention = AggregatedAttention.FromTensors(
                [.. model.Outputs.Select((output, i) => (output.Shape, (ReadOnlyMemory<float>)outputs[i].GetTensorDataAsSpan<float>().ToArray()))]);
            Segmentation mask = segmenter.Segment(attention, MaskGrid.Whole(attention, 64, 64));
            evaluator.Add(mask.Labels, 64, 64, sample.ReadLabelMaps(LabelMapGeometry.CentreSquare(64)));
        }

        return evaluator.Compute();
    }

    private static float[] Pixels(string path)
    {
        using MLImage image = MLImage.CreateFromFile(path);
        int side = Math.Min(image.Width, image.Height), left = (image.Width - side) / 2, top = (image.Height - side) / 2;
        bool rgba = image.PixelFormat == MLPixelFormat.Rgba32;
        byte[] bytes = image.Pixels.ToArray();
        var pixels = new float[3 * SmallModel.Side * SmallModel.Side];
        for (int i = 0; i < pixels.Length; i++)
        {
            int channel = i / (SmallModel.Side * SmallModel.Side), offset = rgba ? channel : 2 - channel;
            double y = At(i / SmallModel.Side % SmallModel.Side), x = At(i % SmallModel.Side);
            (int y0, int x0) = ((int)y, (int)x);
            (int y1, int x1) = (Math.Min(y0 + 1, side - 1), Math.Min(x0 + 1, side - 1));
            (float dy, float dx) = ((float)(y - y0), (float)(x - x0));
            float above = Byte(y0, x0) + ((Byte(y0, x1) - Byte(y0, x0)) * dx), below = Byte(y1, x0) + ((Byte(y1, x1) - Byte(y1, x0)) * dx);
            pixels[i] = ((above + ((below - above) * dy)) / 127.5f) - 1;
            float Byte(int row, int column) => bytes[(4 * (((top + row) * image.Width) + left + column)) + offset];
        }

        return pixels;

        double At(int position) => Math.Clamp(((position + 0.5) * side / SmallModel.Side) - 0.5, 0, side - 1);
    }
}
