using System.Buffers.Binary;

namespace DiffSeg.Pictures.Files;

/// <summary>WebP: a RIFF file whose first chunk tells the size in one of three ways.</summary>
internal sealed class WebpKind : PictureKind
{
    private const int Side14 = 0x3FFF;

    public override string Name => "WebP";

    public override (int Height, int Width)? FindSize(PictureBytes file)
    {
        ReadOnlySpan<byte> head = file.At(12, 18);
        if (head.Length < 18)
        {
            return null;
        }

        // The contents of the chunk follow its name and length.
        ReadOnlySpan<byte> chunk = head[8..];
        if (head.StartsWith("VP8X"u8))
        {
            return (1 + Number24(chunk[7..]), 1 + Number24(chunk[4..]));
        }

        if (head.StartsWith("VP8L"u8) && chunk[0] == 0x2F)
        {
            return Lossless(BinaryPrimitives.ReadUInt32LittleEndian(chunk[1..]));
        }

        return head.StartsWith("VP8 "u8) && chunk[3..6].SequenceEqual((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A]) ? Lossy(chunk[6..]) : null;
    }

    // The length in the header does not count its own eight bytes.
    public override PictureProblem? FindBreak(PictureBytes file)
        => file.At(4, 4) is { Length: 4 } length && file.Length >= 8L + BinaryPrimitives.ReadUInt32LittleEndian(length)
            ? null
            : CutOff();

    protected override bool Begins(ReadOnlySpan<byte> head)
        => head.StartsWith("RIFF"u8) && head.Length >= 12 && head[8..12].SequenceEqual("WEBP"u8);

    // Sides of 14 bits each, below two bits that say how to enlarge.
    private static (int Height, int Width) Lossy(ReadOnlySpan<byte> sides) => (
        BinaryPrimitives.ReadUInt16LittleEndian(sides[2..]) & Side14, BinaryPrimitives.ReadUInt16LittleEndian(sides) & Side14);

    // Sides less one, of 14 bits each, the width in the lower ones.
    private static (int Height, int Width) Lossless(uint bits) => (1 + (int)((bits >> 14) & Side14), 1 + (int)(bits & Side14));

    private static int Number24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);
}
