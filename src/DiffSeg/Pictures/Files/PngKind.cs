using System.Buffers;
using System.Buffers.Binary;

namespace DiffSeg.Pictures.Files;

/// <summary>PNG: chunks of a length, a name, data and a check sum, of which the first tells the size and the last is empty.</summary>
internal sealed class PngKind : PictureKind
{
    private const int ChunkFrame = 12;

    private static readonly SearchValues<byte> Letters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    public override string Name => "PNG";

    public override (int Height, int Width)? FindSize(PictureBytes file)
        => file.At(0, 24) is { Length: 24 } head && head[12..16].SequenceEqual("IHDR"u8)
            ? (BinaryPrimitives.ReadInt32BigEndian(head[20..]), BinaryPrimitives.ReadInt32BigEndian(head[16..]))
            : null;

    // What lies behind the last chunk was appended by some program and does no harm.
    public override PictureProblem? FindBreak(PictureBytes file)
    {
        for (long at = PngFormat.Signature.Length; ;)
        {
            ReadOnlySpan<byte> chunk = file.At(at, 8);
            if (chunk.Length < 8)
            {
                return CutOff();
            }

            if (chunk[4..].ContainsAnyExcept(Letters))
            {
                return Damaged();
            }

            bool isLast = chunk[4..].SequenceEqual("IEND"u8);
            at += ChunkFrame + (long)BinaryPrimitives.ReadUInt32BigEndian(chunk);
            if (isLast || at > file.Length)
            {
                return at > file.Length ? CutOff() : null;
            }
        }
    }

    protected override bool Begins(ReadOnlySpan<byte> head) => head.StartsWith(PngFormat.Signature[..4]);
}
