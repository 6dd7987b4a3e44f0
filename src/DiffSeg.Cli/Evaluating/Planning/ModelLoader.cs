using DiffSeg.Cli.CommandLine;
using DiffSeg.Cli.Evaluating.Attention;
using DiffSeg.MLNet;
using DiffSeg.Onnx;

namespace DiffSeg.Cli.Evaluating.Planning;

/// <summary>Finds the models to evaluate.</summary>
internal static class ModelLoader
{
    /// <summary>Finds a model and looks at its files.</summary>
    /// <param name="name">What the user calls it.</param>
    /// <param name="source">Finds models.</param>
    /// <param name="fit">How pictures are fitted to it.</param>
    /// <exception cref="SetupException">It is not there, or cannot be evaluated.</exception>
    public static PlannedModel Load(string name, ModelSource source, ImageFit fit)
    {
        AttentionModel model = source.Load(name);
        if (model.FirstMerge is not null)
        {
            throw new SetupException(
                $"--model: '{name}' merges in its graph, and what is evaluated begins with attention. Give a model of another form.");
        }

        if (fit == ImageFit.Crop && model.ImageHeight != model.ImageWidth)
        {
            throw new SetupException(
                $"--model: '{name}' takes pictures of {model.ImageWidth} x {model.ImageHeight}, and centre squares are compared. Give a model with a square input, or --fit pad.");
        }

        try
        {
            return new PlannedModel(name, model, FileHash.Of(model));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new SetupException($"--model: a file of '{name}' cannot be read: {problem.Message}", problem);
        }
    }
}
