namespace DiffSeg.Cli.Benchmarking;

/// <summary>Everything that "diffseg bench" was asked.</summary>
/// <param name="Images">Pictures, folders and patterns as given; none for the formula alone.</param>
/// <param name="Models">Models whose attention is measured; none for the built-in one and those that are pulled and light.</param>
/// <param name="Side">Side of the formula's map.</param>
/// <param name="Threads">Numbers of threads; none for 1 and all cores.</param>
/// <param name="Rounds">Turns that count.</param>
/// <param name="Json">The file to write; null for none.</param>
internal sealed record BenchRequest(
    IReadOnlyList<string> Images,
    IReadOnlyList<string> Models,
    int Side,
    IReadOnlyList<int> Threads,
    int Rounds,
    string? Json);
