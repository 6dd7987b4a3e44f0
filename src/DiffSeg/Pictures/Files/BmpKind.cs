using System.Buffers.Binary;

namespace DiffSeg.Pictures.Files;

/// <summary>BMP: a header of one of several lengths, and rows of pixels whose place it tells.</summary>
internal sealed class BmpKind : PictureKind
{
    private const int FileHeaderLength = 14;
    private const int OldHeaderLength = 12;
    private const int HeadLength = FileHeaderLength + 20;

    public override string Name => "BMP";

    public override (int Height, int Width)? FindSize(PictureBytes file)
        => file.At(0, HeadLength) is { Length: HeadLength } head ? Size(head) : null;

    public override PictureProblem? FindBreak(PictureBytes file)
    {
        ReadOnlySpan<byte> head = file.At(0, HeadLength);
        if (head.Length < HeadLength)
        {
            return CutOff();
        }

        // Rows of pixels that are not packed (0, or 3 with masks of the colours) are known in length: whole words.
        bool isOld = IsOld(head);
        int packing = isOld ? 0 : BinaryPrimitives.ReadInt32LittleEndian(head[30..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(head[(isOld ? 24 : 28)..]);
        if (packing is not (0 or 3) || Size(head) is not { Height: > 0, Width: > 0 } size)
        {
            return null;
        }

        Int128 rowLength = (((Int128)size.Width * bits) + 31) / 32 * 4;
        return file.Length >= BinaryPrimitives.ReadUInt32LittleEndian(head[10..]) + (rowLength * size.Height) ? null : CutOff();
    }

    protected override bool Begins(ReadOnlySpan<byte> head)
        => head.Length >= FileHeaderLength + 4 && head.StartsWith("BM"u8)
            && BinaryPrimitives.ReadUInt32LittleEndian(head[FileHeaderLength..]) is OldHeaderLength or 16 or 40 or 52 or 56 or 64 or 108 or 124;

    private static bool IsOld(ReadOnlySpan<byte> head) => BinaryPrimitives.ReadUInt32LittleEndian(head[FileHeaderLength..]) == OldHeaderLength;

    // A negative height says that the first row is the upper one.
    private static (int Height, int Width)? Size(ReadOnlySpan<byte> head)
    {
        if (IsOld(head))
        {
            return (BinaryPrimitives.ReadUInt16LittleEndian(head[20..]), BinaryPrimitives.ReadUInt16LittleEndian(head[18..]));
        }

        int height = BinaryPrimitives.ReadInt32LittleEndian(head[22..]);
        return height == int.MinValue ? null : (Math.Abs(height), BinaryPrimitives.ReadInt32LittleEndian(head[18..]));
    }
}
