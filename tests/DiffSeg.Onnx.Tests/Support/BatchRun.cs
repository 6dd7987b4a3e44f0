using Microsoft.ML.OnnxRuntime;

namespace DiffSeg.Onnx.Tests.Support;

/// <summary>Runs models on several pictures at once, and one after another.</summary>
internal static class BatchRun
{
    /// <summary>What a model gives for each picture of one run: per picture the outputs in their order.</summary>
    public static float[][][] Together(AttentionModel model, params IReadOnlyList<float[]> pictures)
    {
        using InferenceSession session = Open(model);
        return Run(session, model, pictures);
    }

    /// <summary>The same, with a run for each picture.</summary>
    public static float[][][] Alone(AttentionModel model, params IReadOnlyList<float[]> pictures)
    {
        using InferenceSession session = Open(model);
        return [.. pictures.Select(picture => Run(session, model, [picture])[0])];
    }

    /// <summary>The largest difference of any value, and the largest value.</summary>
    public static (double Difference, double Largest) Compare(float[][] expected, float[][] actual)
    {
        double difference = 0, largest = 0;
        foreach (var (one, other) in expected.Zip(actual))
        {
            Assert.Equal(one.Length, other.Length);
            for (int i = 0; i < one.Length; i++)
            {
                Assert.True(float.IsFinite(other[i]));
                difference = Math.Max(difference, Math.Abs((double)one[i] - other[i]));
                largest = Math.Max(largest, one[i]);
            }
        }

        return (difference, largest);
    }

    private static InferenceSession Open(AttentionModel model)
    {
        using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        return new InferenceSession(model.Path, options);
    }

    private static float[][][] Run(InferenceSession session, AttentionModel model, IReadOnlyList<float[]> pictures)
    {
        float[] all = [.. pictures.SelectMany(p => p)];
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(all, [pictures.Count, 3, model.ImageHeight, model.ImageWidth]);
        using var options = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, [model.InputName], [input], model.OutputNames);
        Assert.All(outputs, o => Assert.True(pictures.Count == 1 || o.GetTensorTypeAndShape().Shape[0] == pictures.Count));
        return [.. pictures.Select((_, b) => outputs.Select((o, i) =>
            o.GetTensorDataAsSpan<float>().Slice(b * Length(model, i), Length(model, i)).ToArray()).ToArray())];
    }

    private static int Length(AttentionModel model, int output) => model.Outputs[output].Maps * model.Outputs[output].Shape.Tokens;
}
