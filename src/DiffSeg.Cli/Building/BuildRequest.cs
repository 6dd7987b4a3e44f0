using DiffSeg.Onnx;

namespace DiffSeg.Cli.Building;

/// <summary>Everything that "diffseg model build" was asked.</summary>
/// <param name="Folder">The export as given.</param>
/// <param name="Output">The model's file as given.</param>
/// <param name="Options">How; its paths are as given.</param>
internal sealed record BuildRequest(string Folder, string Output, AttentionModelOptions Options);
