namespace DiffSeg.Cli.Verifying;

/// <summary>Everything that "diffseg model verify" was asked.</summary>
/// <param name="Model">The model as given.</param>
/// <param name="Photo">A picture to run it on; null for a drawn one.</param>
/// <param name="Gpu">CUDA device; null for the CPU.</param>
internal sealed record VerifyRequest(string Model, string? Photo, int? Gpu);
