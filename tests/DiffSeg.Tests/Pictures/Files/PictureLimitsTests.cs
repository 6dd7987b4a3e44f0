using System.Buffers.Binary;
using DiffSeg.Pictures;

namespace DiffSeg.Tests.Pictures.Files;

/// <summary>Small files that would unpack to gigabytes, and files that are large themselves.</summary>
public class PictureLimitsTests
{
    public static TheoryData<string, byte[]> Bombs => new()
    {
        { "JPEG", Edited("progressive.jpg", bytes => Find(bytes, [0xFF, 0xC2], at => Sides16(bytes.AsSpan(at + 5), 0xFFFF))) },
        { "PNG", Edited("interlaced.png", bytes => Side32(bytes.AsSpan(16), 40_000)) },
        { "GIF screen", Edited("animated.gif", bytes => Sides16(bytes.AsSpan(6), 0xFFFF)) },
        { "GIF picture", Edited("animated.gif", bytes => Find(bytes, [0x2C, 0, 0, 0, 0], at => Sides16(bytes.AsSpan(at + 5), 0xFFFF))) },
        { "BMP upside down", Edited("windows.bmp", Packed) },
        { "WebP with parts", Edited("animated.webp", bytes => bytes.AsSpan(24, 6).Fill(0xFF)) },
        { "WebP lossy", Edited("lossy.webp", bytes => Sides16(bytes.AsSpan(26), 0x3FFF)) },
        { "WebP lossless", Edited("lossless.webp", bytes => bytes.AsSpan(21, 4).Fill(0xFF)) },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void Picture_of_too_many_pixels_is_refused_by_its_header(string kind, byte[] file)
    {
        PictureProblem? problem = PictureFile.Problem(new MemoryStream(file));

        Assert.Equal((kind, PictureFault.TooLarge), (kind, problem?.Fault));
        Assert.Contains("pixels, more than the limit of 200,000,000 in all", problem!.Text);
    }

    [Theory]
    [MemberData(nameof(PictureFileTests.Samples), MemberType = typeof(PictureFileTests))]
    public void Limits_are_met_exactly(string name)
    {
        byte[] file = SamplePictures.All[name];
        const int Pixels = SamplePictures.Height * SamplePictures.Width;

        Assert.Null(Problem(new() { MaxPixels = Pixels, MaxFileBytes = file.Length }));
        Assert.Equal(
            new(PictureFault.TooLarge, "is 12 x 8 pixels, more than the limit of 95 in all"), Problem(new() { MaxPixels = Pixels - 1 }));
        Assert.Equal(
            new(PictureFault.TooLarge, FormattableString.Invariant($"has {file.Length:N0} bytes, more than the limit of {file.Length - 1:N0}")),
            Problem(new() { MaxFileBytes = file.Length - 1 }));

        PictureProblem? Problem(PictureLimits limits) => PictureFile.Problem(new MemoryStream(file), limits);
    }

    [Fact]
    public void Limits_are_positive()
    {
        Assert.Equal("MaxPixels", Assert.Throws<ArgumentOutOfRangeException>(() => new PictureLimits { MaxPixels = 0 }).ParamName);
        Assert.Equal("MaxFileBytes", Assert.Throws<ArgumentOutOfRangeException>(() => new PictureLimits { MaxFileBytes = -1 }).ParamName);
        Assert.Equal((200_000_000, 256 << 20), (PictureLimits.Default.MaxPixels, PictureLimits.Default.MaxFileBytes));
    }

    private static byte[] Edited(string name, Action<byte[]> edit)
    {
        byte[] bytes = [.. SamplePictures.All[name]];
        edit(bytes);
        return bytes;
    }

    private static void Find(byte[] bytes, byte[] mark, Action<int> then) => then(bytes.AsSpan().IndexOf(mark));

    private static void Sides16(Span<byte> at, ushort side)
    {
        // Little-endian; a JPEG's are not, and are given a side of two equal bytes.
        BinaryPrimitives.WriteUInt16LittleEndian(at, side);
        BinaryPrimitives.WriteUInt16LittleEndian(at[2..], side);
    }

    private static void Side32(Span<byte> at, int side)
    {
        BinaryPrimitives.WriteInt32BigEndian(at, side);
        BinaryPrimitives.WriteInt32BigEndian(at[4..], side);
    }

    // Run lengths, so that the file's own length says nothing; a negative height.
    private static void Packed(byte[] bytes)
    {
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(18), 60_000);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(22), -60_000);
        bytes[30] = 1;
    }
}
