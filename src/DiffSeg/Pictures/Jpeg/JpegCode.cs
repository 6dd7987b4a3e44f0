namespace DiffSeg.Pictures.Jpeg;

/// <summary>A Huffman code: words numbered up by length, in the order of the symbols.</summary>
internal sealed class JpegCode
{
    private const int Longest = 16;
    private readonly (int Bits, int Length)[] _words = new (int, int)[256];

    /// <param name="definition">How many words of 1 to 16 bits there are, then the symbols, all in hexadecimal.</param>
    public JpegCode(string definition)
    {
        Definition = Convert.FromHexString(definition.Replace("\n", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal));
        (int word, int symbol) = (0, Longest);
        for (int length = 1; length <= Longest; length++, word <<= 1)
        {
            for (int i = 0; i < Definition[length - 1]; i++)
            {
                _words[Definition[symbol++]] = (word++, length);
            }
        }
    }

    /// <summary>The code as a file defines it.</summary>
    public byte[] Definition { get; }

    /// <summary>The word of a symbol.</summary>
    public (int Bits, int Length) this[int symbol] => _words[symbol];
}
