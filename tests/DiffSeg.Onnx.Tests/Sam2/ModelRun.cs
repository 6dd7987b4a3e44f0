using Microsoft.ML.OnnxRuntime;

namespace DiffSeg.Onnx.Tests.Sam2;

/// <summary>Builds models, and runs them on one image.</summary>
internal static class ModelRun
{
    public const int Side = 1024;

    /// <summary>A picture of two discs and a stripe before a gradient, with some grain: [3, 1024, 1024] in [-1, 1].</summary>
    public static float[] Picture { get; } = Paint();

    public static AttentionModelReport Build(
        string encoder, string path, Sam2AttentionOptions? options = null, IProgress<BuildProgress>? progress = null) =>
        Sam2AttentionModel.Build(encoder, path, options, progress, TestContext.Current.CancellationToken);

    public static float[] Attention(AttentionModel model, float[] image)
    {
        using var session = new InferenceSession(model.Path);
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(image, [1, 3, Side, Side]);
        using var options = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, [model.InputName], [input], model.OutputNames);
        return Assert.Single(outputs).GetTensorDataAsSpan<float>().ToArray();
    }

    public static double LargestDifference(float[] a, float[] b)
    {
        Assert.Equal(a.Length, b.Length);
        return a.Zip(b, (x, y) => Math.Abs((double)x - y)).Max();
    }

    private static float[] Paint()
    {
        var random = new Random(5);
        var picture = new float[3 * Side * Side];
        for (int i = 0; i < picture.Length; i++)
        {
            int channel = i / (Side * Side), y = i / Side % Side, x = i % Side;
            bool disc = Math.Pow(x - 300, 2) + Math.Pow(y - 400, 2) < 40000 || Math.Pow(x - 700, 2) + Math.Pow(y - 650, 2) < 60000;
            double value = disc ? 0.8 - (0.3 * channel) : Math.Abs(y - (x / 2)) < 60 ? 0.2 * channel : (y + x) / 2048.0;
            picture[i] = (float)Math.Clamp((2 * value) - 1 + (0.1 * random.NextDouble()), -1, 1);
        }

        return picture;
    }
}
