using System.Security.Cryptography;
using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Tests.Merging;
using DiffSeg.Onnx.Tests.Support;

namespace DiffSeg.Onnx.Tests.Sam2;

/// <summary>What a built model declares, says about itself and leaves out.</summary>
public sealed class Sam2ContractTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_says_what_it_is()
    {
        string encoder = new SyntheticEncoder().SaveOrt(_folder);

        AttentionModelReport report = ModelRun.Build(encoder, _folder.File("model.onnx"));

        AttentionModel model = report.Model;
        Assert.Equal(("image", 1024, 1024), (model.InputName, model.ImageHeight, model.ImageWidth));
        Assert.Equal(AttentionForm.Aggregated, model.Form);
        Assert.Equal(new AttentionOutput("attention", new AttentionShape(1, 64, 64)), Assert.Single(model.Outputs));
        Assert.Equal(1.2f, model.RecommendedKlThreshold);
        Assert.Equal("Apache-2.0", model.License);
        Assert.Equal("fp32", model.WeightPrecision);
        Assert.Null(model.TimeStep);
        Assert.StartsWith(
            "DiffSeg's merging on the self-attention of SAM 2 (Hiera-Tiny, Meta, Apache-2.0): a model trained with class-agnostic masks; "
                + "not a diffusion model, not unsupervised",
            model.Source);
        Assert.EndsWith("blocks 7 and 9.", model.Source);
        Assert.StartsWith("DiffSeg.Onnx ", model.BuilderVersion);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(encoder))), model.SourceHash);
    }

    [Fact]
    public void It_merges_in_its_graph_as_DiffSeg_does()
    {
        string encoder = new SyntheticEncoder().SaveOrt(_folder);
        var merge = new FirstMerge { AnchorsPerSide = 8 };

        AttentionModel merged = ModelRun.Build(encoder, _folder.File("merged.onnx"), new() { Form = AttentionForm.Merged, FirstMerge = merge, KlThreshold = Low }).Model;
        AttentionModel aggregated = ModelRun.Build(encoder, _folder.File("aggregated.onnx")).Model;

        using AggregatedAttention attention = AggregatedAttention.FromTensors(
            [(aggregated.Outputs[0].Shape, ModelRun.Attention(aggregated, ModelRun.Picture))]);
        Assert.Equal((AttentionForm.Merged, merge), (merged.Form, merged.FirstMerge));
        Assert.InRange(MergedModel.AssertSameMask(attention, MergedModel.Run(merged, ModelRun.Picture), merge, Low), 2, 64);
    }

    // Attention of random weights is much alike everywhere.
    private const float Low = 0.02f;

    [Fact]
    public void The_report_says_what_was_found_and_kept()
    {
        string encoder = new SyntheticEncoder().SaveOnnx(_folder);

        AttentionModelReport report = ModelRun.Build(encoder, _folder.File("model.onnx"));

        Assert.Equal(
            [
                new AttentionLayer(7, "image_encoder.trunk.blocks.7.attn", 4, 64, 64),
                new AttentionLayer(9, "image_encoder.trunk.blocks.9.attn", 4, 64, 64),
            ],
            report.Layers);
        Assert.Equal(new FileInfo(encoder).Length, report.Before.Bytes);
        Assert.Equal(new FileInfo(report.Model.Path).Length, report.After.Bytes);
        Assert.True(report.After.Weights < report.Before.Weights, $"{report.Before} became {report.After}");
    }

    [Fact]
    public void It_is_one_file_of_standard_operators_without_the_last_blocks()
    {
        AttentionModelReport report = ModelRun.Build(new SyntheticEncoder().SaveOrt(_folder), _folder.File("model.onnx"));

        ModelProto model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(report.Model.Path));
        Assert.Equal([""], model.OpsetImport.Select(o => o.Domain));
        Assert.All(model.Graph.Node, node => Assert.Equal("", node.Domain));
        Assert.Equal("image", Assert.Single(model.Graph.Input).Name);
        Assert.Equal(9 - 2 + 3 * 4, model.Graph.Node.Count(n => n.OpType == "Softmax")); // windows of blocks 0 to 8, heads of 5, 7, 9
        Assert.Equal(1, model.Graph.Node.Count(n => n.OpType == "Conv"));
        Assert.Equal(["encoder.with_runtime_opt.ort", "model.onnx"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void The_same_encoder_gives_the_same_file()
    {
        string encoder = new SyntheticEncoder().SaveOrt(_folder);

        ModelRun.Build(encoder, _folder.File("a.onnx"));
        ModelRun.Build(encoder, _folder.File("b.onnx"));

        Assert.Equal(File.ReadAllBytes(_folder.File("a.onnx")), File.ReadAllBytes(_folder.File("b.onnx")));
    }

    [Fact]
    public void Progress_names_the_stages_in_order()
    {
        var told = new List<BuildProgress>();

        ModelRun.Build(new SyntheticEncoder().SaveOnnx(_folder), _folder.File("model.onnx"), null, new Recorder(told));

        Assert.Equal(["Reading the encoder", "Finding the attention", "Writing the model"], told.Select(p => p.Stage).Distinct());
        Assert.Equal(1, told[^1].Fraction);
        Assert.All(told, p => Assert.InRange(p.Fraction, 0, 1));
    }

    private sealed class Recorder(List<BuildProgress> told) : IProgress<BuildProgress>
    {
        public void Report(BuildProgress value) => told.Add(value);
    }
}
