namespace DiffSeg.Onnx.StableDiffusion;

/// <summary>What SDXL is told of an image's size besides the prompt (its input <c>time_ids</c>).</summary>
internal static class MicroConditioning
{
    // What diffusers tells the refiner when nobody says otherwise.
    private const float AestheticScore = 6;

    /// <summary>
    /// The input for an image that was never cropped: original height and width, top and left of the crop, then the
    /// target's height and width (base model, 6 values) or the aesthetic score (refiner, 5 values).
    /// </summary>
    /// <param name="height">Of the image in pixels.</param>
    /// <param name="width">Of the image in pixels.</param>
    /// <param name="count">How many values the U-Net takes: 6 or 5.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another count.</exception>
    public static float[] TimeIds(int height, int width, int count) => count switch
    {
        6 => [height, width, 0, 0, height, width],
        5 => [height, width, 0, 0, AestheticScore],
        _ => throw new ArgumentOutOfRangeException(nameof(count), count, "time_ids has 6 values, the refiner's 5."),
    };
}
