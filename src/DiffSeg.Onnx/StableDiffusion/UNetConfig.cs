namespace DiffSeg.Onnx.StableDiffusion;

/// <summary>What the U-Net's config.json says of the images that it was made for.</summary>
internal static class UNetConfig
{
    /// <summary>
    /// Side of the latents that the U-Net was trained on (an eighth of the image's); null where there is no config or
    /// it does not say.
    /// </summary>
    public static int? SampleSize(JsonConfig? config) => config?.Integer("sample_size") is > 0 and var size ? size : null;

    /// <summary>Checks that the U-Net takes a latent and nothing beside it, as far as the config says.</summary>
    /// <exception cref="AttentionModelException">It takes a mask, a depth map or a second image as well.</exception>
    public static void CheckLatentOnly(JsonConfig? config)
    {
        if (config?.Integer("in_channels") is { } taken && config.Integer("out_channels") is { } given && taken != given)
        {
            throw new AttentionModelException(
                config.Path,
                "a U-Net from text to image, which takes as many channels as it gives",
                $"in_channels {taken} and out_channels {given}",
                "U-Nets for inpainting, editing, depth or upscaling take more than a latent: use the model for text to image.");
        }
    }
}
