using System.Text.Json;

namespace DiffSeg.Onnx.StableDiffusion;

/// <summary>What the VAE's config.json says of the latent: the U-Net was trained on mean x scaling factor.</summary>
internal static class VaeConfig
{
    // What diffusers' AutoencoderKL has when a config does not say otherwise: the factor of Stable Diffusion 1 and 2.
    private const float Usual = 0.18215f;

    // Of Stable Diffusion XL and its refiner.
    private const float UsualXl = 0.13025f;

    /// <summary>
    /// The factor that the config gives; null where there is no config, or an old one without it (up to diffusers 0.10).
    /// </summary>
    /// <exception cref="AttentionModelException">The factor is nonsense, or the latent has to be shifted as well.</exception>
    public static float? ScalingFactor(JsonConfig? config)
    {
        const string Factor = "scaling_factor";
        if (config is null)
        {
            return null;
        }

        CheckNoShift(config);
        if (config[Factor] is not { ValueKind: not JsonValueKind.Null } value)
        {
            return null;
        }

        // From 0.0001 to 100: latents have a standard deviation of about one over the factor, images lie in [-1, 1].
        return Number(value) is >= 1e-4f and <= 100 and var factor
            ? factor
            : throw new AttentionModelException(
                config.Path, $"'{Factor}', a number from 0.0001 to 100", value.GetRawText(),
                $"Stable Diffusion 1 and 2 have {Usual}, XL has {UsualXl}: fetch the file again, or mend it.");
    }

    /// <summary>
    /// The factor to use: the config's, or what the family has. For SDXL the config's word is not taken when it is the
    /// factor of version 1: that is the default of diffusers' class, written out when nobody had set it, and no XL
    /// U-Net was trained with it.
    /// </summary>
    public static float FactorFor(float? configured, bool isXl) => configured switch
    {
        null or Usual when isXl => UsualXl,
        null => Usual,
        { } factor => factor,
    };

    private static void CheckNoShift(JsonConfig config)
    {
        foreach (string key in (string[])["shift_factor", "latents_mean", "latents_std"])
        {
            if (config[key] is { ValueKind: not JsonValueKind.Null } value && Number(value) != 0)
            {
                throw new AttentionModelException(
                    config.Path, "a VAE whose latent is only scaled", $"'{key}' = {value.GetRawText()}",
                    "Use an export of Stable Diffusion 1.x, 2.x or XL.");
            }
        }
    }

    private static float? Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetSingle(out float number) ? number : null;
}
