namespace DiffSeg.Semantics;

/// <summary>The segments of a mask by name.</summary>
public sealed class SegmentNouns
{
    private readonly Dictionary<ushort, SegmentNoun> _byLabel;
    private readonly List<string> _words;

    internal SegmentNouns(SegmentNoun[] segments)
    {
        Segments = Array.AsReadOnly(segments);
        _byLabel = segments.ToDictionary(segment => segment.Label);
        _words = [.. segments.OrderBy(segment => segment.Noun).Select(segment => segment.Word).Distinct()];
        Labels = segments
            .GroupBy(segment => segment.Word)
            .ToDictionary(
                word => word.Key, word => (IReadOnlyList<ushort>)Array.AsReadOnly(word.Select(s => s.Label).ToArray()));
    }

    /// <summary>Every segment with its noun, in ascending order of the labels.</summary>
    public IReadOnlyList<SegmentNoun> Segments { get; }

    /// <summary>The words that a segment was given, each once, in the order of the nouns.</summary>
    public IReadOnlyList<string> Words => _words;

    /// <summary>The labels of each word's segments, in ascending order.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ushort>> Labels { get; }

    /// <summary>The word of a segment.</summary>
    /// <param name="label">Its label.</param>
    /// <returns>The word.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The mask has no such label.</exception>
    public string WordOf(ushort label) => Find(label, nameof(label)).Word;

    /// <summary>Merges the segments of each word.</summary>
    /// <param name="labels">The mask that was labelled.</param>
    /// <returns>A mask of the same size whose labels are positions in <see cref="Words"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The mask has a label that was not given a noun.</exception>
    public ushort[] Merge(ReadOnlySpan<ushort> labels)
    {
        ushort[] merged = new ushort[labels.Length];
        Dictionary<ushort, ushort> words = Segments.ToDictionary(s => s.Label, s => (ushort)_words.IndexOf(s.Word));
        for (int i = 0; i < labels.Length; i++)
        {
            if (!words.TryGetValue(labels[i], out merged[i]))
            {
                Find(labels[i], nameof(labels));
            }
        }

        return merged;
    }

    private SegmentNoun Find(ushort label, string argument) =>
        _byLabel.TryGetValue(label, out SegmentNoun? segment)
            ? segment
            : throw new ArgumentOutOfRangeException(
                argument, label, "The mask that was labelled has no segment of this label; pass the same mask.");
}
