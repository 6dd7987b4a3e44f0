using System.Numerics;

namespace DiffSeg;

/// <summary>Which maps match which anchors: one bit per pair.</summary>
/// <param name="anchors">Rows.</param>
/// <param name="maps">Columns.</param>
internal sealed class MatchMatrix(int anchors, int maps)
{
    /// <summary>Maps per word of bits.</summary>
    public const int WordSize = 64;

    private readonly ulong[] _words = new ulong[anchors * ((maps + WordSize - 1) / WordSize)];

    /// <summary>Number of anchors.</summary>
    public int Anchors { get; } = anchors;

    /// <summary>Number of maps.</summary>
    public int Maps { get; } = maps;

    /// <summary>Words per anchor.</summary>
    public int WordsPerAnchor { get; } = (maps + WordSize - 1) / WordSize;

    /// <summary>Whether a map matches an anchor.</summary>
    /// <param name="anchor">The anchor.</param>
    /// <param name="map">The map.</param>
    public bool this[int anchor, int map] => (Row(anchor)[map / WordSize] >> (map % WordSize) & 1) != 0;

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

    /// <summary>A matrix of given rows.</summary>
    /// <param name="rows">The bits of each anchor.</param>
    /// <param name="maps">Columns.</param>
    /// <returns>The matrix.</returns>
    public static MatchMatrix FromRows(IReadOnlyList<ulong[]> rows, int maps)
    {
        MatchMatrix matrix = new(rows.Count, maps);
        for (int i = 0; i < rows.Count; i++)
        {
            rows[i].CopyTo(matrix.Row(i));
        }

        return matrix;
    }
}
