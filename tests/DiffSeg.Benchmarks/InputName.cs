using System.Reflection;
using DiffSeg.Cli.Benchmarking.Inputs;
using DiffSeg.Cli.Models;
using DiffSeg.Cli.Verifying;
using DiffSeg.Onnx;
using Microsoft.ML.Transforms.Image;

namespace DiffSeg.Benchmarks;

/// <summary>The inputs of the benchmarks by name: processes pass names on, not tensors.</summary>
internal static class InputName
{
    private const string Formula = "formula";
    private const string Demo = "demo";
    private const string Light = "sam2-hiera-tiny";

    // A cat that fills the picture, and a bird on a plain ground.
    private static readonly string[] Photos = ["chelsea.png", "canyon-wren.jpg"];

    /// <summary>The folder of the repository.</summary>
    public static string Repository { get; } = typeof(InputName).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "RepositoryRoot").Value!;

    /// <summary>The folder of sample photos.</summary>
    public static string Samples => Path.Combine(Repository, "models", "samples");

    /// <summary>The models: the demo model and, where it has been pulled, sam2-hiera-tiny.</summary>
    public static IEnumerable<string> Models => Cache.Find(Light) is null ? [Demo] : [Demo, Light];

    /// <summary>All names: the formula, and two photos through each model.</summary>
    public static IEnumerable<string> All =>
        [Formula, .. Models.SelectMany(model => Photos.Select(photo => $"{model}: {photo}"))];

    /// <summary>A few names, for what takes long: the formula, and one photo through the demo model.</summary>
    public static IEnumerable<string> Few => [Formula, $"{Demo}: {Photos[0]}"];

    private static ModelCache Cache => ModelCache.Of(Environment.GetEnvironmentVariable);

    /// <summary>The input of a name.</summary>
    /// <param name="name">One of <see cref="All"/>.</param>
    public static AttentionInput Load(string name)
    {
        if (name == Formula)
        {
            return FormulaAttention.Input(64);
        }

        string[] parts = name.Split(": ");
        AttentionModel model = Model(parts[0]);
        float[] pixels = TestPhoto.Read(
            Path.Combine(Samples, parts[1]), parts[1], model, ImageResizingEstimator.ResizingKind.IsoCrop, parts[1]);
        return ModelAttention.Of(model, parts[0], [(parts[1], pixels)]).Single();
    }

    /// <summary>The model of a name.</summary>
    /// <param name="name">One of <see cref="Models"/>.</param>
    public static AttentionModel Model(string name) => name == Light ? Cache.Find(Light)! : AttentionModel.Demo;

    /// <summary>Aggregates an input.</summary>
    /// <param name="input">The input.</param>
    public static AggregatedAttention Aggregate(AttentionInput input) => AggregatedAttention.FromTensors(
        [.. input.Shapes.Zip(input.Tensors, (shape, values) => (shape, (ReadOnlyMemory<float>)values))]);
}
