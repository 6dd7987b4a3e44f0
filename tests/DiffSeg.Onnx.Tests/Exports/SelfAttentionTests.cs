using System.Globalization;
using DiffSeg.Onnx.StableDiffusion;
using Microsoft.ML.Data;

namespace DiffSeg.Onnx.Tests.Exports;

/// <summary>The self-attention of every export against the same network in PyTorch.</summary>
[Collection(WholeExports.Name)]
public sealed class SelfAttentionTests(BuiltModels models)
{
    [Theory]
    [MemberData(nameof(ExportCases.Latents), MemberType = typeof(ExportCases))]
    public void From_the_latent_it_is_that_of_PyTorch(string name, string theCase)
    {
        var (set, reference) = ExportCases.Of(name, theCase);
        BuiltModel built = models.FromLatent(set, Layers(reference.Latent(theCase)));
        NumpyArray sample = reference.Array(theCase, "sample.npy");

        AssertClose(set, $"{theCase} from the latent", set.Tolerance, built, sample.Values, [.. sample.Shape.Select(s => (long)s)], reference.Layers(theCase));
    }

    [Theory]
    [MemberData(nameof(ExportCases.Images), MemberType = typeof(ExportCases))]
    public void From_the_image_it_is_that_of_PyTorch(string name, string theCase)
    {
        var (set, reference) = ExportCases.Of(name, theCase);
        BuiltModel built = models.FromImage(set, Layers(reference.Latent(theCase)));
        long side = 8 * reference.Latent(theCase);

        // A VAE encoder rounded to half precision moves the latent before the U-Net, rounded likewise, sees it.
        double tolerance = set.IsHalf ? 1.5 * set.Tolerance : set.Tolerance;
        AssertClose(set, $"{theCase} from the image", tolerance, built, Pixels(reference, theCase), [1, 3, side, side], reference.Layers(theCase));
    }

    [Theory]
    [MemberData(nameof(ExportCases.Sets), MemberType = typeof(ExportCases))]
    public void The_layers_are_those_of_PyTorch_in_the_order_of_execution(string name)
    {
        ExportSet set = ExportSet.Of(name);
        string theCase = set.RequiredReference().Cases.First(c => set.Reference!.Latent(c) == 16);
        IReadOnlyList<ReferenceLayer> expected = set.Reference!.Layers(theCase);

        IReadOnlyList<AttentionLayer> layers = models.FromLatent(set, Layers(16)).Layers;

        Assert.Equal(
            expected.Select((l, i) => (i, l.Heads, l.Resolution, l.Resolution)),
            layers.Select(l => (l.Index, l.Heads, l.Height, l.Width)));

        // Where the exporter kept the modules' names, they are the same modules.
        foreach (var (layer, known) in layers.Zip(expected).Where(pair => pair.First.Name.EndsWith(".attn1", StringComparison.Ordinal)))
        {
            Assert.EndsWith(known.Module, layer.Name);
        }
    }

    internal static AttentionModelOptions Layers(int latent) => new() { ImageHeight = 8 * latent, ImageWidth = 8 * latent, Form = AttentionForm.Layers };

    /// <summary>The pixels of a case as the networks take them.</summary>
    internal static float[] Pixels(ReferenceData reference, string theCase)
    {
        string whole = Path.Combine(reference.Folder, theCase, "image_pixels.npy");
        if (File.Exists(whole))
        {
            return ReferenceLayer.Read(whole).Values;
        }

        using MLImage image = MLImage.CreateFromFile(Path.Combine(reference.Folder, theCase, "image.png"));
        int area = image.Width * image.Height;
        var pixels = new float[3 * area];
        int[] channels = image.PixelFormat == MLPixelFormat.Bgra32 ? [2, 1, 0] : [0, 1, 2];
        for (int i = 0; i < area; i++)
        {
            for (int channel = 0; channel < 3; channel++)
            {
                pixels[(channel * area) + i] = (image.Pixels[(4 * i) + channels[channel]] / 127.5f) - 1;
            }
        }

        return pixels;
    }

    private static void AssertClose(
        ExportSet set, string theCase, double tolerance, BuiltModel built, float[] input, long[] shape, IReadOnlyList<ReferenceLayer> expected)
    {
        var errors = new double[expected.Count];
        int outputs = 0;
        built.Run(input, shape, (i, _, values) =>
        {
            errors[i] = expected[i].ErrorOf(values);
            outputs++;
        });

        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"FIGURE {set.Name} {theCase} largest error {errors.Max():g3} in layer {Array.IndexOf(errors, errors.Max())}"));
        Assert.Equal(expected.Count, outputs);
        Assert.All(errors, e => Assert.InRange(e, 0, tolerance));
    }
}
