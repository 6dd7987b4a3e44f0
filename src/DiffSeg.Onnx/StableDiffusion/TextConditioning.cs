namespace DiffSeg.Onnx.StableDiffusion;

/// <summary>What a U-Net wants to be told of the prompt, read off its inputs.</summary>
/// <param name="Width">Width of <c>encoder_hidden_states</c>: 768 in Stable Diffusion 1, 1024 in 2, 2048 in XL.</param>
/// <param name="PooledWidth">Width of <c>text_embeds</c>, 1280 in XL; null for a U-Net without that input.</param>
internal sealed record TextConditioning(int Width, int? PooledWidth = null);
