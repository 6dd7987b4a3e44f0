using DiffSeg.Cli.Benchmarking.Inputs;
using DiffSeg.Cli.CommandLine;
using DiffSeg.Cli.Inputs;
using DiffSeg.Cli.Models;
using DiffSeg.Cli.Verifying;
using DiffSeg.Onnx;
using Microsoft.ML.Transforms.Image;

namespace DiffSeg.Cli.Benchmarking;

/// <summary>The attention that "diffseg bench" measures on: one input of a formula, and every model's of every picture.</summary>
/// <param name="request">What was asked.</param>
/// <param name="workingDirectory">What relative paths start from.</param>
/// <param name="models">Finds models.</param>
/// <param name="cache">The models that have been pulled.</param>
internal sealed class BenchInputs(BenchRequest request, string workingDirectory, ModelSource models, ModelCache cache)
{
    // The only model of the catalogue that needs no GPU.
    private const string Light = "sam2-hiera-tiny";

    private readonly IReadOnlyList<InputImage> _images = request.Images.Count == 0
        ? []
        : new ImageFinder(workingDirectory).Find(request.Images, recursive: false);

    /// <summary>Makes them one by one; each is large.</summary>
    /// <exception cref="SetupException">A model or a picture is missing or unusable.</exception>
    public IEnumerable<AttentionInput> All()
    {
        // All of them before the first is measured, which takes a while.
        (string Name, AttentionModel Model, (string, float[])[] Pictures)[] chosen =
            [.. Models().Select(name => (Name: name, Model: Load(name))).Select(pair => (pair.Name, pair.Model, Pictures(pair.Model)))];
        yield return FormulaAttention.Input(request.Side);
        foreach ((string name, AttentionModel model, (string, float[])[] pictures) in chosen)
        {
            foreach (AttentionInput input in ModelAttention.Of(model, name, pictures))
            {
                yield return input;
            }
        }
    }

    private AttentionModel Load(string name)
    {
        AttentionModel model = models.Load(name);
        return model.FirstMerge is null
            ? model
            : throw new SetupException(
                $"--model: '{name}' merges in its graph, and what is measured begins with attention. Give a model of another form.");
    }

    // The middle of each picture, so that the whole map counts, as in the published code.
    private (string Name, float[] Pixels)[] Pictures(AttentionModel model) =>
    [
        .. _images.Select(image => (
            Path.GetFileNameWithoutExtension(image.Path),
            TestPhoto.Read(image.Path, image.Name, model, ImageResizingEstimator.ResizingKind.IsoCrop, "images"))),
    ];

    private IReadOnlyList<string> Models() =>
        _images.Count == 0 ? []
        : request.Models.Count > 0 ? request.Models
        : cache.Find(Light) is not null ? [ModelSource.Demo, Light]
        : [ModelSource.Demo];
}
