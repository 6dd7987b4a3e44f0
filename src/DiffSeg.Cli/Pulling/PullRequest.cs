using DiffSeg.Onnx;

namespace DiffSeg.Cli.Pulling;

/// <summary>Everything that "diffseg model pull" was asked.</summary>
/// <param name="Name">The model.</param>
/// <param name="AcceptLicence">Whether its licence is accepted.</param>
/// <param name="Mirror">The server to ask; null for the usual one.</param>
/// <param name="Token">The token for the server; null for that of the environment.</param>
/// <param name="Offline">Whether nothing may be downloaded.</param>
/// <param name="Weights">How weights are stored; null as they come.</param>
/// <param name="Size">Size of the model's input; null for the recommended one.</param>
/// <param name="KeepExport">Whether to keep the files that the model is made of.</param>
internal sealed record PullRequest(
    string Name, bool AcceptLicence, string? Mirror, string? Token, bool Offline, WeightStorage? Weights, ImageSize? Size, bool KeepExport);

/// <summary>Size of a model's input in pixels.</summary>
/// <param name="Width">Width.</param>
/// <param name="Height">Height.</param>
internal readonly record struct ImageSize(int Width, int Height)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Width} x {Height}";
}
