using System.Buffers.Binary;

namespace DiffSeg.Pictures.Files;

/// <summary>GIF: a screen, then extensions and pictures in blocks of up to 255 bytes, then a byte that ends it.</summary>
internal sealed class GifKind : PictureKind
{
    private const int ScreenLength = 13;
    private const int DescriptorLength = 10;
    private const byte Extension = 0x21;
    private const byte Image = 0x2C;

    public override string Name => "GIF";

    // A first picture that is larger than the screen makes the screen larger.
    public override (int Height, int Width)? FindSize(PictureBytes file)
    {
        ReadOnlySpan<byte> screen = file.At(0, ScreenLength);
        if (screen.Length < ScreenLength)
        {
            return null;
        }

        (int width, int height) = (Side(screen, 6), Side(screen, 8));
        for (long at = AfterColours(ScreenLength, screen[10]); file.At(at, DescriptorLength) is { IsEmpty: false } block;)
        {
            if (block[0] == Image && block.Length == DescriptorLength)
            {
                return (Math.Max(height, Side(block, 3) + Side(block, 7)), Math.Max(width, Side(block, 1) + Side(block, 5)));
            }

            if (block[0] != Extension)
            {
                return null;
            }

            at = AfterBlocks(file, at + 2);
        }

        return null;
    }

    // Something unknown behind a picture that is whole does no harm.
    public override PictureProblem? FindBreak(PictureBytes file)
    {
        ReadOnlySpan<byte> screen = file.At(0, ScreenLength);
        if (screen.Length < ScreenLength)
        {
            return CutOff();
        }

        bool hasPicture = false;
        for (long at = AfterColours(ScreenLength, screen[10]); file.At(at, DescriptorLength) is { IsEmpty: false } block;)
        {
            switch (block[0])
            {
                case Extension:
                    at = AfterBlocks(file, at + 2);
                    break;
                case Image when block.Length == DescriptorLength:
                    // The colours are followed by a byte that says how long codes are.
                    at = AfterBlocks(file, AfterColours(at + DescriptorLength, block[9]) + 1);
                    hasPicture = at <= file.Length;
                    break;
                case Image:
                    return CutOff();
                default:
                    return hasPicture ? null : Damaged();
            }
        }

        return CutOff();
    }

    protected override bool Begins(ReadOnlySpan<byte> head) => head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8);

    private static int Side(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    // A table of colours has three bytes for each; the flags say whether there is one, and its size as a power of two.
    private static long AfterColours(long at, byte flags) => (flags & 0x80) == 0 ? at : at + (3L << ((flags & 7) + 1));

    // Blocks are a length and as many bytes, up to one of length 0. Past the end of a file that ends before.
    private static long AfterBlocks(PictureBytes file, long at)
    {
        while (file.At(at, 1) is [var length])
        {
            at += 1 + length;
            if (length == 0)
            {
                return at;
            }
        }

        return file.Length + 1;
    }
}
