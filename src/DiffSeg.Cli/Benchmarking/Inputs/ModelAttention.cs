using DiffSeg.Cli.Segmenting;
using DiffSeg.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace DiffSeg.Cli.Benchmarking.Inputs;

/// <summary>The attention that a model gives for pictures.</summary>
internal static class ModelAttention
{
    /// <summary>Runs the model on each picture.</summary>
    /// <param name="model">The model.</param>
    /// <param name="name">What the user calls it.</param>
    /// <param name="pictures">The pictures' names, and their pixels as the model wants them.</param>
    /// <returns>The attention of each.</returns>
    /// <exception cref="SetupException">ONNX Runtime cannot run the model.</exception>
    public static IEnumerable<AttentionInput> Of(
        AttentionModel model, string name, IReadOnlyList<(string Name, float[] Pixels)> pictures)
    {
        using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        using InferenceSession session = Guarded(model, () => new InferenceSession(model.Path, options));
        foreach ((string picture, float[] pixels) in pictures)
        {
            yield return new AttentionInput(
                $"{name}: {picture}",
                [.. model.Outputs.Select(output => output.Shape)],
                Guarded(model, () => Run(session, model, pixels)),
                model.RecommendedKlThreshold,
                IsPicture: true);
        }
    }

    private static float[][] Run(InferenceSession session, AttentionModel model, float[] pixels)
    {
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(pixels, [1, 3, model.ImageHeight, model.ImageWidth]);
        using var run = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, [model.InputName], [input], model.OutputNames);
        return [.. outputs.Select(output => output.GetTensorDataAsSpan<float>().ToArray())];
    }

    // A missing native library or entry point shows itself as almost any exception.
    private static T Guarded<T>(AttentionModel model, Func<T> step)
    {
        try
        {
            return step();
        }
        catch (Exception problem)
        {
            throw new SetupException(ModelFailure.Text(problem, model, null), problem);
        }
    }
}
