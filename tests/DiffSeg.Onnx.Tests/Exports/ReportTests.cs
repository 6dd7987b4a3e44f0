using DiffSeg.Onnx.Format;

namespace DiffSeg.Onnx.Tests.Exports;

/// <summary>What a build keeps, and what it says of it.</summary>
[Collection(WholeExports.Name)]
public sealed class ReportTests(BuiltModels models)
{
    private const int Tokens = 77;
    private static readonly string[] NeverNeeded = ["Random", "Multinomial", "Bernoulli", "Gather", "Shape", "ConstantOfShape"];

    [Theory]
    [MemberData(nameof(ExportCases.Sets), MemberType = typeof(ExportCases))]
    public void Only_what_the_attention_needs_is_kept(string name)
    {
        ExportSet set = ExportSet.Of(name);
        BuiltModel built = models.FromImage(set, new() { ImageHeight = 128, ImageWidth = 128 });
        ModelProto model = OnnxModelFile.Read(built.Path);

        TestContext.Current.TestOutputHelper!.WriteLine($"FIGURE {name} before {built.Before} after {built.After}");
        if (OnnxModelFile.Read(set.UNet).Graph.Node.All(n => n.Domain is "" or "ai.onnx"))
        {
            // Operators that an optimiser has fused are written out, which makes more of them.
            Assert.InRange(built.After.Nodes, 100, built.Before.Nodes - 1);
        }

        // What is computed beforehand of the prompt has its 77 tokens; beside weights as small as these it counts.
        long baked = model.Graph.Initializer.Where(t => t.Dims.Contains(Tokens)).Sum(ElementTypes.Count);
        Assert.InRange(built.After.Weights - baked, 1000, built.Before.Weights - 1);
        Assert.InRange(built.After.Bytes, 1000, built.Before.Bytes - 1);
        Assert.Equal(new FileInfo(built.Path).Length, built.After.Bytes);
        Assert.Equal(["image"], model.Graph.Input.Select(i => i.Name));
        Assert.DoesNotContain(model.Graph.Node, n => NeverNeeded.Any(op => n.OpType.StartsWith(op, StringComparison.Ordinal)));
        Assert.DoesNotContain(model.Graph.Node.SelectMany(n => n.Input), i => i.Contains("time_emb", StringComparison.Ordinal) && i.Contains("linear", StringComparison.Ordinal));
        Assert.DoesNotContain(model.Graph.Initializer, t => t.Dims.Contains(49408));
        Assert.All(built.Model!.OutputNames, n => Assert.Matches("^attention[_0-9a-z]*$", n));
    }

    [Fact]
    public void Metadata_say_what_it_is_and_follow_its_sources()
    {
        ExportSet set = ExportSet.OfFamily(SdFamily.Version1);
        AttentionModelOptions options = new()
        {
            ImageHeight = 128,
            ImageWidth = 128,
            TimeStep = 50,
            KlThreshold = 0.7f,
            License = "openrail",
            Source = "somewhere",
        };

        AttentionModel model = models.FromImage(set, options).Model!;
        AttentionModel other = models.FromImage(set, options with { KlThreshold = null, License = null, Source = null, TimeStep = 300 }).Model!;

        Assert.Equal((50, 0.7f, "openrail", "somewhere"), (model.TimeStep, model.RecommendedKlThreshold, model.License, model.Source));
        Assert.Equal(300, other.TimeStep);
        Assert.Contains(set.Name, other.Source);
        Assert.StartsWith("DiffSeg.Onnx ", model.BuilderVersion);
        Assert.Matches("^[0-9a-f]{64}$", model.SourceHash);
        Assert.Equal(model.SourceHash, other.SourceHash);
    }

    [Fact]
    public void Another_time_step_is_another_attention()
    {
        ExportSet set = ExportSet.OfFamily(SdFamily.Version1);
        float[][] maps = [.. new[] { 1, 300, 900 }.Select(t =>
        {
            float[] map = [];
            models.FromImage(set, new() { ImageHeight = 128, ImageWidth = 128, TimeStep = t })
                .Run(Pictures.Waves(128, 128), [1, 3, 128, 128], (_, _, values) => map = values.ToArray());
            return map;
        })];

        Assert.True(Pictures.LargestDifference(maps[0], maps[1]) > 1e-5);
        Assert.True(Pictures.LargestDifference(maps[1], maps[2]) > 1e-5);
    }

    [Fact]
    public void Progress_names_every_stage_and_reaches_the_end()
    {
        using var folder = new Support.TemporaryFolder();
        ExportSet set = ExportSet.OfFamily(SdFamily.Version1);
        var steps = new Steps();

        AttentionModelBuilder.Build(
            set.Folder, folder.File("m.onnx"), set.FromImage(new() { ImageHeight = 128, ImageWidth = 128 }), steps, TestContext.Current.CancellationToken);

        Assert.All(steps.Seen, s => Assert.InRange(s.Fraction, 0, 1));
        Assert.Contains(steps.Seen, s => s.Stage.Contains("Writing", StringComparison.Ordinal) && s.Fraction == 1);
        Assert.InRange(steps.Seen.Select(s => s.Stage).Distinct().Count(), 4, 20);
        Assert.Equal(["m.onnx"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }

    private sealed class Steps : IProgress<BuildProgress>
    {
        public List<BuildProgress> Seen { get; } = [];

        public void Report(BuildProgress value) => Seen.Add(value);
    }
}
