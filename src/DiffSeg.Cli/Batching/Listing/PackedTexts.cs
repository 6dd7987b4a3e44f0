using System.Text;

namespace DiffSeg.Cli.Batching.Listing;

/// <summary>
/// Many short texts in little memory: as UTF-8, one after the other. Strings would take about three times as much, and a
/// batch may have tens of millions of paths.
/// </summary>
internal sealed class PackedTexts
{
    private const int BlockBytes = 1 << 20;

    private readonly List<byte[]> _blocks = [];
    private readonly List<(int Block, int Start, int Length)> _places = [];
    private int _used;

    /// <summary>How many texts there are.</summary>
    public int Count => _places.Count;

    /// <summary>A text.</summary>
    /// <param name="index">From 0.</param>
    public string this[int index]
    {
        get
        {
            (int block, int start, int length) = _places[index];
            return Encoding.UTF8.GetString(_blocks[block], start, length);
        }
    }

    /// <summary>Adds a text at the end.</summary>
    /// <param name="text">The text.</param>
    public void Add(string text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        if (_blocks.Count == 0 || _used + length > _blocks[^1].Length)
        {
            _blocks.Add(new byte[Math.Max(BlockBytes, length)]);
            _used = 0;
        }

        Encoding.UTF8.GetBytes(text, _blocks[^1].AsSpan(_used));
        _places.Add((_blocks.Count - 1, _used, length));
        _used += length;
    }
}
