using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using DiffSeg.Pictures;

namespace DiffSeg.Tests.Pictures;

public class LabelPngTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 7, 3)]
    [InlineData(9, 1, 256)]
    [InlineData(40, 51, 256)]
    [InlineData(40, 51, 257)]
    [InlineData(40, 51, 65536)]
    [InlineData(300, 401, 12)]
    public void Written_and_read_again_is_the_same(int height, int width, int labelCount)
    {
        ushort[] labels = Labels(height, width, labelCount);
        var file = new MemoryStream();
        LabelPng.Write(file, labels, height, width);
        file.Position = 0;

        LabelImage read = LabelPng.Read(file);

        Assert.Equal((height, width), (read.Height, read.Width));
        Assert.Equal(labels, read.Labels.ToArray());
    }

    [Theory]
    [InlineData(255, 8, 3)]
    [InlineData(256, 16, 0)]
    public void Indexed_up_to_label_255_and_grey_of_16_bits_above(int largest, byte bits, byte kind)
    {
        byte[] file = Write([0, (ushort)largest], 1, 2);

        Assert.Equal(bits, file[24]);
        Assert.Equal(kind, file[25]);
    }

    // Decoded by hand: chunks walked, checksums recomputed bit by bit, rows unpacked by the rules for filter "Up".
    [Fact]
    public void File_is_what_the_PNG_specification_says()
    {
        byte[] file = Write([0, 1, 2, 0, 1, 5], 2, 3);

        Assert.Equal(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A }, file[..8]);
        List<(string Type, byte[] Contents)> chunks = Chunks(file);
        Assert.Equal(["IHDR", "PLTE", "IDAT", "IEND"], chunks.Select(chunk => chunk.Type));
        Assert.Equal(new byte[] { 0, 0, 0, 3, 0, 0, 0, 2, 8, 3, 0, 0, 0 }, chunks[0].Contents);
        byte[] colours = [.. Enumerable.Range(0, 6).Select(label => Palette.Standard[label]).SelectMany(c => new[] { c.Red, c.Green, c.Blue })];
        Assert.Equal(colours, chunks[1].Contents);
        Assert.Equal(new byte[] { 2, 0, 1, 2, 2, 0, 0, 3 }, Unpack(chunks[2].Contents));
    }

    [Fact]
    public void Long_data_is_cut_into_chunks()
    {
        var random = new Random(5);
        ushort[] labels = [.. Enumerable.Range(0, 400 * 400).Select(_ => (ushort)random.Next(65536))];

        List<(string Type, byte[] Contents)> chunks = Chunks(Write(labels, 400, 400));

        Assert.True(chunks.Count(chunk => chunk.Type == "IDAT") > 2);
        Assert.All(chunks, chunk => Assert.InRange(chunk.Contents.Length, 0, 1 << 16));
    }

    [Fact]
    public void Own_palette_is_written()
    {
        var file = new MemoryStream();
        LabelPng.Write(file, [0, 1], 1, 2, new Palette([Rgb.FromHex(0x010203), Rgb.White]));

        Assert.Equal(new byte[] { 1, 2, 3, 255, 255, 255 }, Chunks(file.ToArray())[1].Contents);
    }

    [Fact]
    public void Stream_stays_open_and_may_not_seek()
    {
        using var file = new MemoryStream();
        using (var pipe = new DeflateStream(file, CompressionLevel.NoCompression, leaveOpen: true))
        {
            LabelPng.Write(pipe, [3], 1, 1);
            Assert.True(pipe.CanWrite);
        }

        file.Position = 0;
        Assert.Equal(3, LabelPng.Read(new DeflateStream(file, CompressionMode.Decompress)).Labels[0]);
    }

    [Fact]
    public void Wrong_lengths_and_missing_stream_are_named()
    {
        Assert.Throws<ArgumentException>("labels", () => LabelPng.Write(Stream.Null, [1, 2, 3], 2, 2));
        Assert.Throws<ArgumentOutOfRangeException>("width", () => LabelPng.Write(Stream.Null, [], 1, 0));
        Assert.Throws<ArgumentNullException>("stream", () => LabelPng.Write(null!, [1], 1, 1));
        Assert.Throws<ArgumentNullException>("stream", () => LabelPng.Read(null!));
    }

    internal static byte[] Write(ushort[] labels, int height, int width)
    {
        var file = new MemoryStream();
        LabelPng.Write(file, labels, height, width);
        return file.ToArray();
    }

    private static ushort[] Labels(int height, int width, int count)
    {
        var random = new Random(height * width);
        var labels = new ushort[height * width];
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = i % 5 > 0 ? labels[i - 1] : (ushort)random.Next(count);
        }

        labels[^1] = (ushort)(count - 1);
        return labels;
    }

    private static List<(string Type, byte[] Contents)> Chunks(byte[] file)
    {
        var chunks = new List<(string, byte[])>();
        for (int at = 8; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            Span<byte> body = file.AsSpan(at + 4, 4 + length);
            Assert.Equal(PngDraft.Checksum(body), BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length)));
            chunks.Add((Encoding.ASCII.GetString(body[..4]), body[4..].ToArray()));
            at += 12 + length;
        }

        return chunks;
    }

    private static byte[] Unpack(byte[] data)
    {
        var rows = new MemoryStream();
        new ZLibStream(new MemoryStream(data), CompressionMode.Decompress).CopyTo(rows);
        return rows.ToArray();
    }
}
