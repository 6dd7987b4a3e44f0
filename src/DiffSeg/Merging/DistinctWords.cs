using System.Numerics;
using System.Numerics.Tensors;

namespace DiffSeg;

/// <summary>
/// The different choices of maps among each block of 64, over all anchors, and the pieces of 8 maps that they are made of.
/// Used again and again.
/// </summary>
/// <remarks>
/// Anchors on one object match the same maps of most blocks, and anchors on others at least the same runs of them: each sum
/// needs to be taken only once.
/// </remarks>
internal sealed class DistinctWords
{
    /// <summary>What stands for no match at all, in place of a word.</summary>
    public const int None = -1;

    private const int BitsPerPiece = 8;
    private const int PiecesPerWord = MatchMatrix.WordSize / BitsPerPiece;
    private const int ByteValues = 1 << BitsPerPiece;

    private readonly Action<int, int> _findRange;
    private MatchMatrix _matches = null!;
    private ulong[] _words = [];
    private ulong[] _used = [];
    private int[] _wordOf = [];
    private int[] _wordCounts = [];
    private short[] _rows = [];
    private int[] _rowEnds = [];
    private int[] _pieceCounts = [];
    private short[] _pieces = [];
    private int[] _pieceEnds = [];

    /// <summary>An instance without words.</summary>
    public DistinctWords() => _findRange = FindRange;

    /// <summary>The most words that a block has.</summary>
    public int MostWords => TensorPrimitives.Max<int>(_wordCounts.AsSpan(0, _matches.Blocks));

    /// <summary>The most pieces that a block has.</summary>
    public int MostPieces => TensorPrimitives.Max<int>(_pieceCounts.AsSpan(0, _matches.Blocks));

    private int RoomForPieces => Math.Min(PiecesPerWord * _matches.Anchors, PiecesPerWord * (ByteValues - 1));

    /// <summary>The maps of a block that any anchor matches.</summary>
    /// <param name="block">Which block.</param>
    /// <returns>One bit per map, as in a word.</returns>
    public ulong Used(int block) => _used[block];

    /// <summary>The maps that each piece of a block stands for, as choices among the block's 64.</summary>
    /// <param name="block">Which block.</param>
    /// <returns>All choices, and for each piece where its choices end.</returns>
    public Choices RowsOfPieces(int block) => new(
        _rows.AsSpan(block * RoomForPieces * BitsPerPiece, RoomForPieces * BitsPerPiece),
        _rowEnds.AsSpan(block * RoomForPieces, _pieceCounts[block]));

    /// <summary>The pieces that each different word of a block is made of.</summary>
    /// <param name="block">Which block.</param>
    /// <returns>All choices, and for each word where its choices end.</returns>
    public Choices PiecesOfWords(int block) => new(
        _pieces.AsSpan(block * _matches.Anchors * PiecesPerWord, _matches.Anchors * PiecesPerWord),
        _pieceEnds.AsSpan(block * _matches.Anchors, _wordCounts[block]));

    /// <summary>Which of the words each anchor has.</summary>
    /// <param name="block">Which block.</param>
    /// <returns>For each anchor the number of its word, or <see cref="None"/>.</returns>
    public ReadOnlySpan<int> WordOf(int block) => _wordOf.AsSpan(block * _matches.Anchors, _matches.Anchors);

    /// <summary>Finds the words of every block.</summary>
    /// <param name="matches">The matches; must stay as they are while the words are in use.</param>
    /// <param name="degree">Threads at most.</param>
    /// <param name="cancellationToken">Looked at every block.</param>
    public void Find(MatchMatrix matches, int degree, CancellationToken cancellationToken)
    {
        _matches = matches;
        int length = checked(matches.Anchors * matches.Blocks);
        if (_words.Length < length)
        {
            _words = new ulong[length];
            _wordOf = new int[length];
            _pieces = new short[checked(length * PiecesPerWord)];
            _pieceEnds = new int[length];
        }

        int pieces = matches.Blocks * RoomForPieces;
        if (_rowEnds.Length < pieces)
        {
            _rows = new short[checked(pieces * BitsPerPiece)];
            _rowEnds = new int[pieces];
        }

        if (_wordCounts.Length < matches.Blocks)
        {
            _used = new ulong[matches.Blocks];
            _wordCounts = new int[matches.Blocks];
            _pieceCounts = new int[matches.Blocks];
        }

        RowParallel.For(matches.Blocks, 1, degree, _findRange, cancellationToken);
    }

    private void FindRange(int from, int to)
    {
        // Four times as many places as words at most: open addressing stays short.
        int bits = BitOperations.Log2((uint)Math.Max(1, _matches.Anchors)) + 2;
        using Scratch<int> places = new(1 << bits);
        Span<short> numbers = stackalloc short[PiecesPerWord * ByteValues];
        for (int block = from; block < to; block++)
        {
            places.Span.Fill(None);
            FindWords(block, places.Span, 64 - bits);
            numbers.Fill(None);
            FindPieces(block, numbers);
        }
    }

    private void FindWords(int block, Span<int> places, int shift)
    {
        Span<ulong> words = _words.AsSpan(block * _matches.Anchors, _matches.Anchors);
        Span<int> wordOf = _wordOf.AsSpan(block * _matches.Anchors, _matches.Anchors);
        int count = 0;
        ulong used = 0;
        ReadOnlySpan<ulong> matches = _matches.Block(block);
        for (int anchor = 0; anchor < wordOf.Length; anchor++)
        {
            ulong word = matches[anchor];
            used |= word;
            wordOf[anchor] = word == 0 ? None : Number(word, words, ref count, places, shift);
        }

        _wordCounts[block] = count;
        _used[block] = used;
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

    private void FindPieces(int block, Span<short> numbers)
    {
        Span<short> rows = _rows.AsSpan(block * RoomForPieces * BitsPerPiece, RoomForPieces * BitsPerPiece);
        Span<int> rowEnds = _rowEnds.AsSpan(block * RoomForPieces, RoomForPieces);
        Span<short> pieces = _pieces.AsSpan(block * _matches.Anchors * PiecesPerWord, _matches.Anchors * PiecesPerWord);
        int rowEnd = 0;
        int pieceEnd = 0;
        short count = 0;
        for (int word = 0; word < _wordCounts[block]; word++)
        {
            ulong bits = _words[(block * _matches.Anchors) + word];
            for (int i = 0; i < PiecesPerWord; i++)
            {
                int piece = (byte)(bits >> (BitsPerPiece * i));
                if (piece == 0)
                {
                    continue;
                }

                ref short number = ref numbers[(i * ByteValues) + piece];
                if (number == None)
                {
                    for (; piece != 0; piece &= piece - 1)
                    {
                        rows[rowEnd++] = (short)((BitsPerPiece * i) + BitOperations.TrailingZeroCount(piece));
                    }

                    rowEnds[count] = rowEnd;
                    number = count++;
                }

                pieces[pieceEnd++] = number;
            }

            _pieceEnds[(block * _matches.Anchors) + word] = pieceEnd;
        }

        _pieceCounts[block] = count;
    }

    /// <summary>Which rows make each of several sums, in the way of <see cref="RowSums"/>.</summary>
    /// <param name="items">The choices of all sums.</param>
    /// <param name="ends">For each sum where its choices end.</param>
    public readonly ref struct Choices(ReadOnlySpan<short> items, ReadOnlySpan<int> ends)
    {
        /// <summary>The choices of all sums.</summary>
        public ReadOnlySpan<short> Items { get; } = items;

        /// <summary>For each sum where its choices end.</summary>
        public ReadOnlySpan<int> Ends { get; } = ends;
    }
}
