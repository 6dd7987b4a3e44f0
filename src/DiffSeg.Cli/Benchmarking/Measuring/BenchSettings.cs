using DiffSeg.Cli.Benchmarking.Inputs;
using DiffSeg.Cli.Benchmarking.Oracles;

namespace DiffSeg.Cli.Benchmarking.Measuring;

/// <summary>What every contestant computes: three iterations and a mask of 512 x 512, as published.</summary>
/// <param name="AnchorsPerSide">Anchors per side; as published, 16.</param>
internal sealed record BenchSettings(int AnchorsPerSide = 16)
{
    /// <summary>Rows and columns of the mask.</summary>
    public int OutputSide => 512;

    /// <summary>Anchors per side, as many as a small map has room for.</summary>
    /// <param name="input">The input.</param>
    public int AnchorsPerSideOf(AttentionInput input) => Math.Min(AnchorsPerSide, Math.Min(input.Finest.Height, input.Finest.Width));

    /// <summary>The same for the plain formulations.</summary>
    /// <param name="input">The input.</param>
    /// <param name="threads">Threads.</param>
    public FormulationSettings Plain(AttentionInput input, int threads) => new(
        AnchorsPerSideOf(input),
        [input.KlThreshold, input.KlThreshold, input.KlThreshold],
        OutputSide,
        OutputSide,
        Weights: null,
        threads);
}
