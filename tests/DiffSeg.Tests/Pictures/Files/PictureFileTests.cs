using System.Buffers.Binary;
using DiffSeg.Pictures;
using DiffSeg.Tests.DataSets;

namespace DiffSeg.Tests.Pictures.Files;

/// <summary>What is seen in a file before it is decoded, by path and in a stream alike.</summary>
public sealed class PictureFileTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public static TheoryData<string> Samples => SamplePictures.Names;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Samples))]
    public void Whole_picture_has_no_problem_and_its_size_is_known(string name)
    {
        byte[] whole = SamplePictures.All[name];

        Assert.Null(Seen(whole));
        Assert.Equal((SamplePictures.Height, SamplePictures.Width), PictureSize.Of(_folder.Write("a", whole)));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Cut_picture_has_a_problem_at_every_length(string name)
    {
        byte[] whole = SamplePictures.All[name];

        for (int length = 0; length < whole.Length; length++)
        {
            PictureProblem? problem = Seen(whole[..length]);
            Assert.True(problem is not null, $"{length} of {whole.Length} bytes");
            if (length > 32)
            {
                Assert.Equal(PictureFault.CutOff, problem.Fault);
                Assert.StartsWith("is cut off: the end of the ", problem.Text);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void What_a_program_appended_does_no_harm(string name)
    {
        Assert.Null(Seen([.. SamplePictures.All[name], .. new byte[2000]]));
        Assert.Null(Seen([.. SamplePictures.All[name], .. new byte[1 << 20]]));
    }

    [Fact]
    public void Part_that_is_missing_within_a_png_is_seen()
    {
        byte[] whole = new PngDraft(40, 30, 8, 0) { Rows = new byte[41 * 30] }.ToBytes();
        Assert.Null(Seen(whole));

        PictureProblem? problem = Seen([.. whole[..40], .. whole[47..]]);

        Assert.NotNull(problem);
        Assert.Contains(problem.Fault, (PictureFault[])[PictureFault.Damaged, PictureFault.CutOff]);
    }

    [Theory]
    [InlineData((1 << 12) - 1)] // the marker's two bytes come in two reads
    [InlineData(1 << 12)]
    [InlineData((1 << 16) - 1)]
    [InlineData(1 << 16)]
    [InlineData((1 << 16) + 1)]
    public void End_of_a_jpeg_is_found_wherever_it_lies(int scanLength)
    {
        byte[] scan = new byte[scanLength];

        Assert.Null(Seen([0xFF, 0xD8, .. Frame(3, 2), 0xFF, 0xDA, .. scan[2..], 0xFF, 0xD9, .. new byte[1 << 17]]));
    }

    [Fact]
    public void End_of_a_thumbnail_is_not_the_end_of_the_photo()
    {
        byte[] thumbnail = [0xFF, 0xD8, .. Frame(1, 1), 0xFF, 0xDA, 1, 2, 3, 0xFF, 0xD9];
        byte[] cut = [0xFF, 0xD8, 0xFF, 0xE1, 0, (byte)(thumbnail.Length + 2), .. thumbnail, .. Frame(3, 2), 0xFF, 0xDA, 0, 2, 5, 6, 7];

        Assert.Equal("is cut off: the end of the JPEG is missing", Seen(cut)?.Text);
        Assert.Null(Seen([.. cut, 0xFF, 0xD9]));
        Assert.Equal((3, 2), PictureSize.Of(_folder["picture"]));
    }

    [Fact]
    public void Jpeg_without_a_picture_in_it_has_a_problem()
    {
        Assert.Equal(PictureFault.CutOff, Seen([0xFF, 0xD8, 0xFF, 0xD9])?.Fault);
        Assert.Equal(PictureFault.CutOff, Seen([0xFF, 0xD8, 1, 2, 3, 4, 0xFF, 0xD9])?.Fault);
        Assert.Equal("is damaged: the JPEG gives no size", Seen([0xFF, 0xD8, 0xFF, 0xDA, 0, 2, 1, 0xFF, 0xD9])?.Text);
        Assert.Equal(PictureFault.Damaged, Seen([0xFF, 0xD8, .. Frame(0, 2), 0xFF, 0xDA, 0, 2, 1, 0xFF, 0xD9])?.Fault);
    }

    [Theory]
    [InlineData("Hello, this is no photo.\n")]
    [InlineData("<!DOCTYPE html><title>404 \u00e9\u00e8</title>")]
    [InlineData("BM is how this text begins, and some pictures do.")]
    public void Text_is_named(string text)
        => Assert.Equal(new(PictureFault.Unsupported, "is a text, not a picture"), Seen(System.Text.Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Long_text_whose_head_ends_within_a_character_is_named()
    {
        byte[] text = System.Text.Encoding.UTF8.GetBytes("x" + string.Concat(Enumerable.Repeat("\u00e9", 400)));

        Assert.Equal("is a text, not a picture", Seen(text)?.Text);
    }

    [Fact]
    public void Other_kinds_are_named_with_what_to_do()
    {
        Assert.Equal(new(PictureFault.Empty, "is empty"), Seen([]));
        Assert.Equal(
            "is a TIFF or raw picture, which is not read; convert it to JPEG or PNG", Seen([(byte)'I', (byte)'I', 42, 0, 8, 0, 0, 0])?.Text);
        Assert.StartsWith("is a HEIC", Seen([0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0])?.Text);
        Assert.Equal(
            "is of no known kind: not a JPEG, PNG, GIF, BMP or WebP", Seen([0, 0, 1, 0, 1, 0, 200])?.Text);
    }

    [Fact]
    public void Stream_is_put_back_and_must_seek()
    {
        using var stream = new MemoryStream(SamplePictures.All["lossy.webp"]) { Position = 7 };
        Assert.Null(PictureFile.Problem(stream));
        Assert.Equal(7, stream.Position);

        using var pipe = new System.IO.Compression.DeflateStream(stream, System.IO.Compression.CompressionMode.Decompress);
        Assert.Equal("picture", Assert.Throws<ArgumentException>(() => PictureFile.Problem(pipe)).ParamName);
    }

    // By path and in a stream the same is seen.
    private PictureProblem? Seen(byte[] file)
    {
        PictureProblem? problem = PictureFile.Problem(_folder.Write("picture", file));
        Assert.Equal(problem, PictureFile.Problem(new MemoryStream(file)));
        Assert.Equal(problem?.Text, problem?.ToString());
        return problem;
    }

    private static byte[] Frame(ushort height, ushort width)
    {
        byte[] frame = [0xFF, 0xC0, 0, 11, 8, 0, 0, 0, 0, 1, 1, 0x11, 0];
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(5), height);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(7), width);
        return frame;
    }
}
