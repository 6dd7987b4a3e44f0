using DiffSeg.Cli.Segmenting;
using DiffSeg.Onnx;
using DiffSeg.Pictures;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace DiffSeg.Cli.Verifying;

/// <summary>The pixels that a model is run on: [3, H, W], red, green, blue in [-1, 1].</summary>
internal static class TestPhoto
{
    /// <summary>Draws a landscape: sky, sun, hills and a house, with some texture, as a photo has.</summary>
    /// <param name="model">The model, for its size.</param>
    public static float[] Draw(AttentionModel model)
    {
        int height = model.ImageHeight, width = model.ImageWidth;
        var pixels = new float[3 * height * width];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                (float red, float green, float blue) = Colour((x + 0.5f) / width, (y + 0.5f) / height);
                float grain = 0.04f * MathF.Sin(x * 1.7f) * MathF.Cos(y * 2.3f);
                int at = (y * width) + x;
                pixels[at] = Math.Clamp(red + grain, -1, 1);
                pixels[at + (height * width)] = Math.Clamp(green + grain, -1, 1);
                pixels[at + (2 * height * width)] = Math.Clamp(blue + grain, -1, 1);
            }
        }

        return pixels;
    }

    /// <summary>Reads a picture through the chain that segmenting uses, at the model's size.</summary>
    /// <param name="path">The picture.</param>
    /// <param name="name">What the user calls it.</param>
    /// <param name="model">The model, for its size.</param>
    /// <param name="fit">With bars, or the middle of it.</param>
    /// <param name="argument">The argument that named it, for errors.</param>
    /// <exception cref="SetupException">It is not there, or no picture.</exception>
    public static float[] Read(
        string path, string name, AttentionModel model, ImageResizingEstimator.ResizingKind fit, string argument)
    {
        if (PictureFile.Problem(path) is { } problem)
        {
            throw new SetupException($"{argument}: '{name}' {problem}.");
        }

        try
        {
            var context = new MLContext();
            IDataView data = context.Data.LoadFromEnumerable(new[] { new Row { ImagePath = path } });
            var steps = context.Transforms.LoadImages("Photo", "", nameof(Row.ImagePath))
                .Append(context.Transforms.ResizeImages("Resized", model.ImageWidth, model.ImageHeight, "Photo", fit))
                .Append(context.Transforms.ExtractPixels("Pixels", "Resized", offsetImage: 127.5f, scaleImage: 1 / 127.5f));
            return [.. steps.Fit(data).Transform(data).GetColumn<VBuffer<float>>("Pixels").Single().DenseValues()];
        }
        catch (Exception refused) when (refused is not OperationCanceledException)
        {
            throw new SetupException($"{argument}: '{name}' {FailureText.Of(refused)}.", refused);
        }
    }

    private static (float Red, float Green, float Blue) Colour(float x, float y)
    {
        if (Square(x - 0.75f) + Square(y - 0.2f) < 0.008f)
        {
            return (0.95f, 0.85f, 0.3f);
        }

        if (x is > 0.15f and < 0.4f && y is > 0.5f and < 0.8f)
        {
            return y < 0.6f ? (0.4f, -0.5f, -0.6f) : (0.7f, 0.6f, 0.45f);
        }

        float hills = 0.62f + (0.08f * MathF.Sin(7 * x));
        return y < hills ? (-0.5f + (0.6f * y), 0.1f + (0.5f * y), 0.8f) : (-0.6f, 0.2f - (0.4f * (y - hills)), -0.7f);
    }

    private static float Square(float value) => value * value;

    private sealed class Row
    {
        public string ImagePath { get; set; } = "";
    }
}
