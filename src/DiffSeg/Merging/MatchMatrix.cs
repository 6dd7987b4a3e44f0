using System.Numerics;

namespace DiffSeg;

/// <summary>Which maps match which anchors: one bit per pair. Used again and again.</summary>
internal sealed class MatchMatrix
{
    /// <summary>Maps per word of bits.</summary>
    public const int WordSize = 64;

    private ulong[] _words = [];

    /// <summary>A matrix without rows.</summary>
    public MatchMatrix()
    {
    }

    /// <summary>A matrix without matches.</summary>
    /// <param name="anchors">Rows.</param>
    /// <param name="maps">Columns.</param>
    public MatchMatrix(int anchors, int maps) => Reset(anchors, maps);

    /// <summary>Number of anchors.</summary>
    public int Anchors { get; private set; }

    /// <summary>Number of maps.</summary>
    public int Maps { get; private set; }

    /// <summary>Words per anchor.</summary>
    public int WordsPerAnchor { get; private set; }

    /// <summary>Whether a map matches an anchor.</summary>
    /// <param name="anchor">The anchor.</param>
    /// <param name="map">The map.</param>
    public bool this[int anchor, int map] => (Row(anchor)[map / WordSize] >> (map % WordSize) & 1) != 0;

    /// <summary>Forgets all matches.</summary>
    /// <param name="anchors">Rows from now on.</param>
    /// <param name="maps">Columns from now on.</param>
    public void Reset(int anchors, int maps)
    {
        (Anchors, Maps, WordsPerAnchor) = (anchors, maps, (maps + WordSize - 1) / WordSize);
        int words = checked(anchors * WordsPerAnchor);
        if (_words.Length < words)
        {
            _words = new ulong[words];
        }

        _words.AsSpan(0, words).Clear();
    }

    /// <summary>The bits of an anchor; bit i of word w is map 64 w + i.</summary>
    /// <param name="anchor">The anchor.</param>
    /// <returns>The words, to read or to write.</returns>
    public Span<ulong> Row(int anchor) => _words.AsSpan(anchor * WordsPerAnchor, WordsPerAnchor);

    /// <summary>Number of maps that match an anchor.</summary>
    /// <param name="anchor">The anchor.</param>
    /// <returns>The count.</returns>
    public int CountOf(int anchor)
    {
        int count = 0;
        foreach (ulong word in Row(anchor))
        {
            count += BitOperations.PopCount(word);
        }

        return count;
    }

    /// <summary>Marks a pair. Two threads must not write to the same word.</summary>
    /// <param name="anchor">The anchor.</param>
    /// <param name="map">The map.</param>
    public void Set(int anchor, int map) => Row(anchor)[map / WordSize] |= 1UL << (map % WordSize);

    /// <summary>Marks some pairs. Threads may write to the same word.</summary>
    /// <param name="anchor">The anchor.</param>
    /// <param name="map">The first of eight maps, a multiple of 8.</param>
    /// <param name="bits">Bit i stands for map + i.</param>
    public void SetEight(int anchor, int map, byte bits) =>
        Interlocked.Or(ref Row(anchor)[map / WordSize], (ulong)bits << (map % WordSize));

    /// <summary>Leaves out all rows from one on.</summary>
    /// <param name="anchors">Rows to keep.</param>
    public void Cut(int anchors) => Anchors = anchors;
}
