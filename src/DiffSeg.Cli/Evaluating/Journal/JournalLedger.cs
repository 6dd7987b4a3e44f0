namespace DiffSeg.Cli.Evaluating.Journal;

/// <summary>What is done and what is not, from the entries of any number of journals.</summary>
internal sealed class JournalLedger
{
    private readonly JournalEntry?[][] _entries;
    private readonly string?[] _skipped;
    private readonly Dictionary<string, int> _runs;

    /// <summary>A ledger of nothing.</summary>
    /// <param name="images">Number of images.</param>
    /// <param name="keys">The key of each run.</param>
    public JournalLedger(int images, IReadOnlyList<string> keys)
    {
        _entries = [.. Enumerable.Range(0, images).Select(_ => new JournalEntry?[keys.Count])];
        _skipped = new string?[images];
        _runs = keys.Select((key, i) => (key, i)).ToDictionary(pair => pair.key, pair => pair.i);
    }

    /// <summary>Number of images.</summary>
    public int Images => _entries.Length;

    /// <summary>Takes in entries; what is told again replaces what was.</summary>
    /// <param name="entries">The entries.</param>
    public void Add(IEnumerable<JournalEntry> entries)
    {
        foreach (JournalEntry entry in entries)
        {
            if (entry.Run is { } key && _runs.TryGetValue(key, out int run))
            {
                _entries[entry.Index][run] = entry;
            }
            else
            {
                _skipped[entry.Index] = entry.Skipped;
            }
        }
    }

    /// <summary>Whether an image is done with all runs.</summary>
    /// <param name="image">Its position.</param>
    public bool IsDone(int image) => _entries[image].All(entry => entry is not null);

    /// <summary>Whether an image is done with a run.</summary>
    /// <param name="image">Its position.</param>
    /// <param name="run">The run's position.</param>
    public bool Has(int image, int run) => _entries[image][run] is not null;

    /// <summary>Why an image was skipped; null when it was not, or was done later.</summary>
    /// <param name="image">Its position.</param>
    public string? Skipped(int image) => IsDone(image) ? null : _skipped[image];

    /// <summary>Positions of the images that are done with all runs, in order: all figures stand on the same images.</summary>
    public IReadOnlyList<int> Done => [.. Enumerable.Range(0, Images).Where(IsDone)];

    /// <summary>Positions of the images that are neither done nor skipped.</summary>
    public IReadOnlyList<int> Open => [.. Enumerable.Range(0, Images).Where(image => !IsDone(image) && _skipped[image] is null)];

    /// <summary>The entries of a run over the images that are done, in their order.</summary>
    /// <param name="run">The run's position.</param>
    public IEnumerable<JournalEntry> Of(int run) => Done.Select(image => _entries[image][run]!);
}
