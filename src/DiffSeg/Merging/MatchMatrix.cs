using System.Numerics;

namespace DiffSeg;

/// <summary>Which maps match which anchors: one bit per pair. Used again and again.</summary>
/// <remarks>
/// The words of 64 bits are those of 64 maps that follow one another in <see cref="MapOrder"/>, in which the matcher finds them
/// and their mean takes them; all anchors' words of the same 64 maps, a block, lie together.
/// </remarks>
internal sealed class MatchMatrix
{
    /// <summary>Maps per word of bits.</summary>
    public const int WordSize = 64;

    private ulong[] _words = [];
    private int _rows;

    /// <summary>A matrix without rows.</summary>
    public MatchMatrix()
    {
    }

    /// <summary>A matrix without matches.</summary>
    /// <param name="anchors">Rows.</param>
    /// <param name="maps">The maps that are its columns.</param>
    public MatchMatrix(int anchors, MapRows maps) => Reset(anchors, maps);

    /// <summary>Number of anchors.</summary>
    public int Anchors { get; private set; }

    /// <summary>Number of maps.</summary>
    public int Maps { get; private set; }

    /// <summary>Number of blocks of 64 maps.</summary>
    public int Blocks => (Maps + WordSize - 1) / WordSize;

    /// <summary>The order of the maps in words and blocks.</summary>
    public MapOrder Order { get; private set; }

    /// <summary>Whether a map matches an anchor.</summary>
    /// <param name="anchor">The anchor.</param>
    /// <param name="map">The map.</param>
    public bool this[int anchor, int map]
    {
        get
        {
            int place = Order.PlaceOf(map);
            return (Block(place / WordSize)[anchor] >> (place % WordSize) & 1) != 0;
        }
    }

    /// <summary>Forgets all matches.</summary>
    /// <param name="anchors">Rows from now on.</param>
    /// <param name="maps">The maps that are its columns from now on.</param>
    public void Reset(int anchors, MapRows maps)
    {
        (Anchors, _rows, Maps, Order) = (anchors, anchors, maps.Count, new MapOrder(maps));
        int words = checked(anchors * Blocks);
        if (_words.Length < words)
        {
            _words = new ulong[words];
        }

        _words.AsSpan(0, words).Clear();
    }

    /// <summary>The words of all anchors for 64 maps; bit i is the map at place 64 <paramref name="block"/> + i.</summary>
    /// <param name="block">Which 64 maps.</param>
    /// <returns>One word per anchor.</returns>
    public ReadOnlySpan<ulong> Block(int block) => _words.AsSpan(block * _rows, Anchors);

    /// <summary>Number of maps that match an anchor.</summary>
    /// <param name="anchor">The anchor.</param>
    /// <returns>The count.</returns>
    public int CountOf(int anchor)
    {
        int count = 0;
        for (int block = 0; block < Blocks; block++)
        {
            count += BitOperations.PopCount(Block(block)[anchor]);
        }

        return count;
    }

    /// <summary>Number of maps that match each anchor.</summary>
    /// <returns>One count per anchor.</returns>
    public int[] Counts()
    {
        int[] counts = new int[Anchors];
        for (int anchor = 0; anchor < counts.Length; anchor++)
        {
            counts[anchor] = CountOf(anchor);
        }

        return counts;
    }

    /// <summary>Marks a pair.</summary>
    /// <param name="anchor">The anchor.</param>
    /// <param name="map">The map.</param>
    public void Set(int anchor, int map) => SetAt(anchor, Order.PlaceOf(map));

    /// <summary>Marks a pair. Threads may mark at the same time, each in blocks of its own.</summary>
    /// <param name="anchor">The anchor.</param>
    /// <param name="place">The map's place in the order.</param>
    public void SetAt(int anchor, int place) =>
        _words[(place / WordSize * _rows) + anchor] |= 1UL << (place % WordSize);

    /// <summary>Marks the pairs of an anchor and 64 maps. Threads may mark at the same time, each in blocks of its own.</summary>
    /// <param name="block">Which 64 maps.</param>
    /// <param name="anchor">The anchor.</param>
    /// <param name="word">A bit for each match, as <see cref="Block"/> says.</param>
    public void SetWord(int block, int anchor, ulong word) => _words[(block * _rows) + anchor] = word;

    /// <summary>Takes an anchor over from another matrix over the same maps.</summary>
    /// <param name="anchor">The anchor here.</param>
    /// <param name="from">The other matrix.</param>
    /// <param name="row">The anchor there.</param>
    public void CopyRow(int anchor, MatchMatrix from, int row)
    {
        for (int block = 0; block < Blocks; block++)
        {
            _words[(block * _rows) + anchor] = from.Block(block)[row];
        }
    }

    /// <summary>Leaves out all rows from one on.</summary>
    /// <param name="anchors">Rows to keep.</param>
    public void Cut(int anchors) => Anchors = anchors;
}
