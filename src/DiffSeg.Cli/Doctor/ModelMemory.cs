using DiffSeg.Cli.Models;
using DiffSeg.Onnx;

namespace DiffSeg.Cli.Doctor;

/// <summary>
/// How much memory a model needs when it runs, roughly: its weights, which are 32 bits wide then, and five tensors of
/// attention with all its heads, which is what ONNX Runtime holds at the widest place (products, softmax, and their mean).
/// Measured: 2.8 GB for an export with hardly any weights at 512 x 512, and 1.5 GB for SAM 2.
/// </summary>
internal static class ModelMemory
{
    private const long DiffusionHeads = 8;
    private const long Sam2Heads = 4;
    private const long Copies = 5;
    private const long Program = 200 << 20;
    private const int PixelsPerToken = 8;

    /// <summary>Of a model that is there.</summary>
    /// <param name="entry">What it was pulled as.</param>
    /// <param name="model">The model.</param>
    /// <exception cref="IOException">A file of it cannot be read.</exception>
    public static long Of(CatalogueEntry entry, AttentionModel model)
    {
        long widening = model.WeightPrecision switch { "fp16" => 2, "int8" => 4, _ => 1 };
        return Program + (widening * ModelFiles.Size(model)) + Attention(entry.Kind, model.Outputs.Max(output => (long)output.Shape.Tokens));
    }

    /// <summary>Of a model of the catalogue.</summary>
    /// <param name="entry">The model.</param>
    public static long Of(CatalogueEntry entry)
    {
        bool diffusion = entry.Kind == CatalogueKind.StableDiffusionOnnx;
        long weights = entry.Files.Where(file => !diffusion || !file.Path.StartsWith("text_encoder", StringComparison.Ordinal)).Sum(file => file.ExpectedSize ?? 0);
        long pixels = (long)entry.Recommended.Width * entry.Recommended.Height;

        // A token of the finest attention is 8 x 8 pixels of a latent diffusion model, and 16 x 16 of SAM 2's trunk.
        long side = diffusion ? PixelsPerToken : 2 * PixelsPerToken;
        return Program + weights + Attention(entry.Kind, pixels / (side * side));
    }

    private static long Attention(CatalogueKind kind, long tokens) =>
        Copies * (kind == CatalogueKind.StableDiffusionOnnx ? DiffusionHeads : Sam2Heads) * tokens * tokens * sizeof(float);
}
