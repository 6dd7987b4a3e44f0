using DiffSeg.Cli.Inputs;

namespace DiffSeg.Cli.Batching.Running;

/// <summary>An image that is left to do.</summary>
/// <param name="Chunk">Number of its chunk.</param>
/// <param name="Index">Its place in the whole list, from 0.</param>
/// <param name="RowsAfter">How many images of its chunk come after it.</param>
/// <param name="Input">The image.</param>
internal sealed record BatchImage(int Chunk, int Index, int RowsAfter, InputImage Input)
{
    /// <summary>What it is called in the results.</summary>
    public string Id => Input.Name;
}
