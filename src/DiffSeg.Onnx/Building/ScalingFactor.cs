using DiffSeg.Onnx.StableDiffusion;

namespace DiffSeg.Onnx.Building;

/// <summary>The factor between a VAE's latent and what its U-Net was trained on, where no configuration says it.</summary>
internal static class ScalingFactor
{
    private const float StableDiffusion = 0.18215f; // 1.x and 2.x
    private const float StableDiffusionXL = 0.13025f;

    /// <summary>By the kind of model: only XL takes a pooled prompt.</summary>
    public static float Of(TextConditioning conditioning) => conditioning.PooledWidth is null ? StableDiffusion : StableDiffusionXL;
}
