using System.Collections.Concurrent;
using System.Globalization;

namespace DiffSeg.Fuzzing;

/// <summary>
/// Gives many mutated inputs to code that reads them, on all cores. It may refuse an input by the exceptions that its
/// documentation names, and by no others; it comes to an end, and allocates no more than it is granted.
/// </summary>
/// <param name="name">What is fuzzed; part of the chance, so it must stay.</param>
/// <param name="make">Makes the input of a case out of its chance alone.</param>
/// <param name="read">Reads it; called by several threads at once.</param>
internal sealed class Fuzz(string name, Func<Random, byte[]> make, Action<byte[]> read)
{
    private const int MostFindings = 10;

    // Not a matter of speed: a case takes milliseconds, on a machine that has ten other things to do too.
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<string, Finding> _findings = [];
    private readonly FuzzTally _tally = new();

    private sealed record Finding(int Case, string Text, Exception? Problem);

    /// <summary>What is fuzzed.</summary>
    public string Name => name;

    /// <summary>The exceptions that the documentation names, these very types and none derived from them.</summary>
    public required IReadOnlyCollection<Type> Documented { get; init; }

    /// <summary>What a case may allocate.</summary>
    public FuzzMemory Memory { get; init; } = new(4 << 20, 100);

    /// <summary>How much of the cases that are asked for is run: 1, or less of what is dear.</summary>
    public double Share { get; init; } = 1;

    /// <summary>The first case: where a process takes a part of them.</summary>
    public int FirstCase { get; init; }

    /// <summary>Cases that are left out, since a process has died of them.</summary>
    public IReadOnlyCollection<int> LeftOut { get; init; } = [];

    /// <summary>Threads; more than one where the code may be called by several at once.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>How much is run.</summary>
    public FuzzSettings Settings { get; init; } = FuzzSettings.OfEnvironment;

    /// <summary>Where it is said which cases are in hand.</summary>
    public string HandPath { get; init; } = FuzzHand.PathOf(name, Environment.ProcessId);

    /// <summary>Runs the cases.</summary>
    /// <returns>What became of them.</returns>
    /// <exception cref="FuzzException">A case ended otherwise than the documentation says, did not end, or took too much memory.</exception>
    public FuzzTally Run()
    {
        int end = Settings.OnlyCase + 1 ?? (int)(Settings.Cases * Share);
        int taken = (Settings.OnlyCase ?? FirstCase) - 1;
        FuzzWorker[] workers = new FuzzWorker[Settings.OnlyCase is null ? Workers : 1];
        using var hand = new FuzzHand(HandPath, workers.Length);
        for (int i = 0; i < workers.Length; i++)
        {
            int worker = i;
            workers[i] = new FuzzWorker($"{name} {i}", Next, number =>
            {
                if (LeftOut.Contains(number))
                {
                    return;
                }

                hand.Take(worker, number);
                Try(number);
                hand.Take(worker, null);
            });
        }

        Array.ForEach(workers, Watch);
        return _findings.IsEmpty ? _tally : throw Found();

        int? Next() => _findings.Count < MostFindings && Interlocked.Increment(ref taken) is var number && number < end ? number : null;
    }

    /// <summary>The input of a case.</summary>
    public byte[] Input(int number) => make(FuzzRandom.Of(name, Settings.Seed, number));

    private void Watch(FuzzWorker worker)
    {
        while (!worker.Ended(Look))
        {
            if (worker.Hand is { } hand && hand.Age > Deadline)
            {
                throw new FuzzException($"{name}: case {hand.Case} has not come to an end after {hand.Age.TotalSeconds:F0} seconds. {Again(hand.Case)}");
            }
        }
    }

    private void Try(int number)
    {
        byte[] input;
        try
        {
            input = Input(number);
        }
        catch (Exception problem)
        {
            // A thread must not end the process.
            Keep(number, "could not be made", problem);
            return;
        }

        Exception? refusal = null;
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            read(input);
        }
        catch (Exception problem)
        {
            refusal = problem;
        }

        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        _tally.Add(refusal, bytes);
        if (refusal is not null && !Documented.Contains(refusal.GetType()))
        {
            Keep(number, "ended in an exception that is not documented", refusal);
        }
        else if (bytes > Memory.For(input.Length))
        {
            Keep(number, string.Create(CultureInfo.InvariantCulture, $"of {input.Length:N0} bytes made its thread allocate {bytes:N0}, more than {Memory.For(input.Length):N0}"), refusal);
        }
    }

    // One finding for each place that an exception came from.
    private void Keep(int number, string text, Exception? problem)
    {
        string place = problem?.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("DiffSeg", StringComparison.Ordinal)) ?? "";
        _findings.TryAdd($"{text[..12]} {problem?.GetType().Name} {place}", new Finding(number, text, problem));
    }

    private FuzzException Found()
    {
        Finding[] findings = [.. _findings.Values.OrderBy(finding => finding.Case)];
        string[] lines = [.. findings.Select(finding => $"Case {finding.Case} {finding.Text}. {Again(finding.Case)}{Environment.NewLine}{finding.Problem}")];
        return new FuzzException($"{name}: {lines.Length} finding(s).{Environment.NewLine}{string.Join(Environment.NewLine, lines)}");
    }

    private string Again(int number)
    {
        string path = Path.ChangeExtension(FuzzHand.PathOf(name, number), ".bin");
        File.WriteAllBytes(path, Input(number));
        return $"Again: DIFFSEG_FUZZ_SEED={Settings.Seed} DIFFSEG_FUZZ_CASE={number}; its bytes are in {path}.";
    }
}
