namespace DiffSeg;

/// <summary>How maps are compared, beyond the threshold.</summary>
/// <param name="Zeros">What a value of exactly 0 does.</param>
/// <param name="MaxDegreeOfParallelism">Threads at most; -1 for all cores.</param>
internal readonly record struct MatchSettings(ZeroAttention Zeros, int MaxDegreeOfParallelism);
