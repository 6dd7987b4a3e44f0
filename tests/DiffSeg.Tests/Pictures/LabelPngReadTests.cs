using DiffSeg.Pictures;

namespace DiffSeg.Tests.Pictures;

public class LabelPngReadTests
{
    // A 3 x 5 mask filtered by hand with each of PNG's filters (specification, section 9).
    [Theory]
    [InlineData(0, new byte[] { 10, 20, 35 }, new byte[] { 12, 20, 30 })]
    [InlineData(1, new byte[] { 10, 10, 15 }, new byte[] { 12, 8, 10 })]
    [InlineData(2, new byte[] { 10, 20, 35 }, new byte[] { 2, 0, 251 })]
    [InlineData(3, new byte[] { 10, 15, 25 }, new byte[] { 7, 4, 3 })]
    [InlineData(4, new byte[] { 10, 10, 15 }, new byte[] { 2, 0, 251 })]
    public void Rows_of_every_filter_are_read(byte filter, byte[] first, byte[] second)
    {
        var draft = new PngDraft(3, 2, 8, 3) { Rows = [filter, .. first, filter, .. second] };

        Assert.Equal(new ushort[] { 10, 20, 35, 12, 20, 30 }, Read(draft).Labels.ToArray());
    }

    [Theory]
    [InlineData(1, new byte[] { 0b1011_0000 }, new ushort[] { 1, 0, 1, 1, 0 })]
    [InlineData(2, new byte[] { 0b11_01_00_10, 0b10_000000 }, new ushort[] { 3, 1, 0, 2, 2 })]
    [InlineData(4, new byte[] { 0xF1, 0x20, 0x70 }, new ushort[] { 15, 1, 2, 0, 7 })]
    public void Several_pixels_in_a_byte_are_read(byte bits, byte[] row, ushort[] labels)
    {
        Assert.Equal(labels, Read(new PngDraft(5, 1, bits, 3) { Rows = [0, .. row] }).Labels.ToArray());
        Assert.Equal(labels, Read(new PngDraft(5, 1, bits, 0) { Rows = [0, .. row] }).Labels.ToArray());
    }

    [Fact]
    public void Grey_of_8_and_16_bits_is_read()
    {
        Assert.Equal(new ushort[] { 7, 200 }, Read(new PngDraft(2, 1, 8, 0) { Rows = [0, 7, 200] }).Labels.ToArray());
        // Filter "Sub" reaches a whole pixel back, which is two bytes here.
        Assert.Equal(new ushort[] { 0x0102, 0x0305 }, Read(new PngDraft(2, 1, 16, 0) { Rows = [1, 1, 2, 2, 3] }).Labels.ToArray());
    }

    [Theory]
    [InlineData(8, 2, 0, "colours, not labels")]
    [InlineData(8, 6, 0, "colours, not labels")]
    [InlineData(16, 3, 0, "16 bits")]
    [InlineData(5, 0, 0, "5 bits")]
    [InlineData(8, 3, 1, "interlaced")]
    public void Other_kinds_are_refused(byte bits, byte kind, byte interlace, string reason) =>
        Refused(new PngDraft(2, 1, bits, kind) { Rows = [0, 1, 2], Interlace = interlace }.ToBytes(), reason);

    [Theory]
    [InlineData(0, 1, "0 x 1")]
    [InlineData(1, -1, "1 x -1")]
    [InlineData(100_000, 100_000, "at most")]
    public void Sizes_that_cannot_be_are_refused(int width, int height, string reason) =>
        Refused(new PngDraft(width, height, 8, 3).ToBytes(), reason);

    [Fact]
    public void Damage_is_named()
    {
        byte[] good = LabelPngTests.Write([1, 2, 3, 4], 2, 2);

        Refused([], "not a PNG");
        Refused("A text, not a picture"u8.ToArray(), "not a PNG");
        Refused(good[..8], "cut off");
        Refused(good[..40], "cut off");
        Refused(good[..^4], "cut off");
        Refused(new PngDraft(2, 1, 8, 3) { Rows = [0, 1, 2], WrongChecksum = true }.ToBytes(), "checksum of a chunk IDAT");
        Refused(new PngDraft(2, 2, 8, 3) { Rows = [0, 1, 2] }.ToBytes(), "ends at row 1");
        Refused(new PngDraft(2, 1, 8, 3) { Rows = [9, 1, 2] }.ToBytes(), "unknown filter 9");
    }

    [Fact]
    public void A_length_that_lies_does_not_allocate_it()
    {
        byte[] file = LabelPngTests.Write([1], 1, 1);
        file[33] = 0x7F; // length of the palette chunk: 2 GB

        // Of this thread only: tests of other classes run beside this one.
        long before = GC.GetAllocatedBytesForCurrentThread();
        Refused(file, "cut off");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2 << 20);
    }

    [Theory]
    [InlineData(16_384, 16_384, 8, 0)]
    [InlineData(1 << 28, 1, 1, 3)]
    [InlineData(1 << 27, 1, 16, 6)]
    [InlineData(1 << 28, 1, 16, 6)] // a row that no array can hold
    public void A_size_that_lies_does_not_allocate_it(int width, int height, byte bits, byte kind)
    {
        byte[] file = new PngDraft(width, height, bits, kind) { Rows = [0, 1, 2] }.ToBytes();

        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidDataException>(() => new PngReader(new MemoryStream(file)).ReadPicture());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2 << 20);
    }

    [Fact]
    public void Pixels_that_are_all_alike_are_not_too_many_for_their_bytes() =>
        Assert.Equal(4096 * 4096, LabelPng.Read(new MemoryStream(LabelPngTests.Write(new ushort[4096 * 4096], 4096, 4096))).Labels.Length);

    [Fact]
    public void Data_that_asks_for_a_dictionary_is_damage()
    {
        // zlib's second byte: bit 5 says that a dictionary follows, the last bits make the first two bytes a multiple of 31.
        using var packed = new MemoryStream([0x78, 0xBB, 0, 0, 0, 1, 1, 2, 3, 4]);
        var rows = new PngRowReader(new System.IO.Compression.ZLibStream(packed, System.IO.Compression.CompressionMode.Decompress), 4, 1);

        Assert.Contains("does not unpack", Assert.Throws<InvalidDataException>(() => rows.Next(0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_byte_of_damage_gives_another_error()
    {
        byte[] good = LabelPngTests.Write([1, 2, 3, 4, 300, 6], 2, 3);
        for (int at = 0; at < good.Length; at++)
        {
            byte[] damaged = [.. good];
            damaged[at] ^= 0x15;
            Assert.Throws<InvalidDataException>(() => LabelPng.Read(new MemoryStream(damaged)));
            Assert.Throws<InvalidDataException>(() => LabelPng.Read(new MemoryStream(good, 0, at)));
        }
    }

    private static LabelImage Read(PngDraft draft) => LabelPng.Read(new MemoryStream(draft.ToBytes()));

    private static void Refused(byte[] file, string reason) =>
        Assert.Contains(reason, Assert.Throws<InvalidDataException>(() => LabelPng.Read(new MemoryStream(file))).Message);
}
