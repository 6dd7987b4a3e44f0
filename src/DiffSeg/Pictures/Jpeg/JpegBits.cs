namespace DiffSeg.Pictures.Jpeg;

/// <summary>Writes bits, the highest first; a byte 0xFF is followed by a 0, so that it is no marker.</summary>
internal sealed class JpegBits(Stream output)
{
    private uint _held;
    private int _count;

    public void Write((int Bits, int Length) word) => Write(word.Bits, word.Length);

    /// <param name="bits">The bits, in the lowest places.</param>
    /// <param name="length">How many, up to 16.</param>
    public void Write(int bits, int length)
    {
        _held = (_held << length) | (uint)bits;
        for (_count += length; _count >= 8; _count -= 8)
        {
            byte next = (byte)(_held >> (_count - 8));
            output.WriteByte(next);
            if (next == 0xFF)
            {
                output.WriteByte(0);
            }
        }
    }

    /// <summary>Fills the last byte with ones.</summary>
    public void Finish() => Write(0x7F, 7);
}
