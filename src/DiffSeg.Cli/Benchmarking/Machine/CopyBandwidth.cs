using System.Diagnostics;
using DiffSeg.Cli.Benchmarking.Oracles;

namespace DiffSeg.Cli.Benchmarking.Machine;

/// <summary>How fast this machine copies memory: the limit of whatever only reads and writes.</summary>
/// <param name="threads">Threads that copy at once.</param>
internal sealed class CopyBandwidth(int threads)
{
    // An aggregated map at 64 x 64; beyond the caches of most machines.
    private const int Values = 1 << 24;

    private readonly float[] _from = new float[Values];
    private readonly float[] _to = new float[Values];

    /// <summary>Copies once.</summary>
    /// <returns>Bytes read and written per second.</returns>
    public double Measure()
    {
        long begin = Stopwatch.GetTimestamp();
        InRows.For(Values, threads, (first, end) => _from.AsSpan(first..end).CopyTo(_to.AsSpan(first..end)));
        return 2.0 * Values * sizeof(float) / Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }
}
