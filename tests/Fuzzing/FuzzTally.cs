using System.Diagnostics;
using System.Globalization;

namespace DiffSeg.Fuzzing;

/// <summary>What became of the cases.</summary>
internal sealed class FuzzTally
{
    private readonly long _begin = Stopwatch.GetTimestamp();
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, int> _refused = new(StringComparer.Ordinal);
    private int _read;
    private long _mostBytes;

    /// <summary>Cases that were read without complaint.</summary>
    public int Read => _read;

    /// <summary>Cases that were refused as the documentation says.</summary>
    public int Refused => _refused.Values.Sum();

    /// <summary>A case that came to its end.</summary>
    /// <param name="problem">What it was refused with; null where it was read.</param>
    /// <param name="bytes">What its thread allocated.</param>
    public void Add(Exception? problem, long bytes)
    {
        lock (_gate)
        {
            _mostBytes = Math.Max(_mostBytes, bytes);
            if (problem is null)
            {
                _read++;
                return;
            }

            string kind = problem.GetType().Name;
            _refused[kind] = _refused.GetValueOrDefault(kind) + 1;
        }
    }

    /// <summary>A line for the log.</summary>
    public string Line(string name)
    {
        double seconds = Stopwatch.GetElapsedTime(_begin).TotalSeconds;
        int cases = Read + Refused;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {cases:N0} cases, {_read:N0} read, {string.Join(", ", _refused.Select(pair => $"{pair.Value:N0} {pair.Key}"))}; at most {_mostBytes:N0} bytes allocated; {seconds:F1} s, {cases / seconds:N0} cases/s");
    }
}
