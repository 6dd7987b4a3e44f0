using System.Numerics;
using System.Numerics.Tensors;

namespace DiffSeg;

/// <summary>The different choices of maps among each block of 64, over all anchors. Used again and again.</summary>
/// <remarks>Anchors on one object match the same maps of most blocks; such a sum needs to be taken only once.</remarks>
internal sealed class DistinctWords
{
    /// <summary>What an anchor without a match in a block has in place of a word.</summary>
    public const int None = -1;

    private readonly Action<int, int> _findRange;
    private MatchMatrix _matches = null!;
    private ulong[] _words = [];
    private int[] _wordOf = [];
    private int[] _counts = [];

    /// <summary>An instance without words.</summary>
    public DistinctWords() => _findRange = FindRange;

    /// <summary>The different words of a block, none of them 0.</summary>
    /// <param name="block">Which block.</param>
    /// <returns>The words, in the order of their first anchors.</returns>
    public ReadOnlySpan<ulong> Words(int block) => _words.AsSpan(block * _matches.Anchors, _counts[block]);

    /// <summary>Which of the words each anchor has.</summary>
    /// <param name="block">Which block.</param>
    /// <returns>For each anchor an index into <see cref="Words"/>, or <see cref="None"/>.</returns>
    public ReadOnlySpan<int> WordOf(int block) => _wordOf.AsSpan(block * _matches.Anchors, _matches.Anchors);

    /// <summary>The most words that a block has.</summary>
    /// <returns>The number.</returns>
    public int Most() => TensorPrimitives.Max<int>(_counts.AsSpan(0, _matches.WordsPerAnchor));

    /// <summary>Finds the words of every block.</summary>
    /// <param name="matches">The matches; must stay as they are while the words are in use.</param>
    /// <param name="degree">Threads at most.</param>
    /// <param name="cancellationToken">Looked at every block.</param>
    public void Find(MatchMatrix matches, int degree, CancellationToken cancellationToken)
    {
        _matches = matches;
        int length = checked(matches.Anchors * matches.WordsPerAnchor);
        if (_words.Length < length)
        {
            _words = new ulong[length];
            _wordOf = new int[length];
        }

        if (_counts.Length < matches.WordsPerAnchor)
        {
            _counts = new int[matches.WordsPerAnchor];
        }

        RowParallel.For(matches.WordsPerAnchor, 1, degree, _findRange, cancellationToken);
    }

    private void FindRange(int from, int to)
    {
        // Twice as many places as words at most: open addressing stays short.
        int bits = BitOperations.Log2((uint)Math.Max(1, _matches.Anchors)) + 2;
        using Scratch<int> places = new(1 << bits);
        for (int block = from; block < to; block++)
        {
            places.Span.Fill(None);
            Span<ulong> words = _words.AsSpan(block * _matches.Anchors, _matches.Anchors);
            Span<int> wordOf = _wordOf.AsSpan(block * _matches.Anchors, _matches.Anchors);
            int count = 0;
            for (int anchor = 0; anchor < wordOf.Length; anchor++)
            {
                ulong word = _matches.Row(anchor)[block];
                wordOf[anchor] = word == 0 ? None : Number(word, words, ref count, places.Span, 64 - bits);
            }

            _counts[block] = count;
        }
    }

    private static int Number(ulong word, Span<ulong> words, ref int count, Span<int> places, int shift)
    {
        // Fibonacci hashing: the upper bits of a product with 2^64 over the golden ratio.
        int place = (int)(word * 0x9E3779B97F4A7C15 >> shift);
        while (places[place] != None && words[places[place]] != word)
        {
            place = (place + 1) & (places.Length - 1);
        }

        if (places[place] == None)
        {
            places[place] = count;
            words[count++] = word;
        }

        return places[place];
    }
}
