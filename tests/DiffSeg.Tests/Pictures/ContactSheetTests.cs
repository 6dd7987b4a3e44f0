using DiffSeg.Pictures;

namespace DiffSeg.Tests.Pictures;

public class ContactSheetTests
{
    private static readonly byte[] White = [255, 255, 255, 255];

    [Fact]
    public void Cells_are_filled_row_by_row_with_gaps_around()
    {
        var sheet = new ContactSheet(columns: 2, cellHeight: 3, cellWidth: 5, gap: 1);
        for (byte i = 1; i <= 3; i++)
        {
            sheet.Add(Plain(3, 5, i, 0, 0), 3, 5, PixelOrder.Rgba32);
        }

        Assert.Equal((3, 1 + 2 * 4, 1 + 2 * 6), (sheet.Count, sheet.Height, sheet.Width));
        byte[] pixels = sheet.Render();
        Assert.Equal([1, 0, 0, 255], At(sheet, pixels, 1, 1));
        Assert.Equal([2, 0, 0, 255], At(sheet, pixels, 3, 11));
        Assert.Equal([3, 0, 0, 255], At(sheet, pixels, 5, 1));
        Assert.Equal(White, At(sheet, pixels, 4, 3));
        Assert.Equal(White, At(sheet, pixels, 0, 0));
        Assert.Equal(White, At(sheet, pixels, 6, 8));
    }

    [Fact]
    public void A_large_picture_is_averaged_down_with_its_proportions_kept_and_centred()
    {
        // Left half black, right half (200, 100, 50) in Bgra: 40 x 20 into a cell of 10 x 10 gives 5 x 10 in its middle.
        byte[] picture = new byte[20 * 40 * 4];
        for (int i = 0; i < 20 * 40; i++)
        {
            if (i % 40 >= 20)
            {
                new byte[] { 50, 100, 200, 255 }.CopyTo(picture, i * 4);
            }
        }

        var sheet = new ContactSheet(1, 10, 10, gap: 0);
        sheet.Add(picture, 20, 40, PixelOrder.Bgra32);
        byte[] pixels = sheet.Render();
        Assert.Equal(White, At(sheet, pixels, 1, 5));
        Assert.Equal([0, 0, 0, 255], At(sheet, pixels, 2, 4));
        Assert.Equal([200, 100, 50, 255], At(sheet, pixels, 6, 5));
        Assert.Equal(White, At(sheet, pixels, 7, 5));
    }

    [Fact]
    public void The_mean_of_a_picture_survives_shrinking_by_a_whole_factor()
    {
        var random = new Random(5);
        byte[] picture = new byte[64 * 96 * 4];
        random.NextBytes(picture);
        var sheet = new ContactSheet(1, 16, 24, gap: 0);
        sheet.Add(picture, 64, 96, PixelOrder.Rgba32);
        byte[] pixels = sheet.Render();
        for (int channel = 0; channel < 3; channel++)
        {
            double before = picture.Where((_, i) => i % 4 == channel).Average(v => v);
            double after = pixels.Where((_, i) => i % 4 == channel).Average(v => v);
            Assert.InRange(after - before, -0.1, 0.1);
        }
    }

    [Fact]
    public void A_small_picture_keeps_its_size()
    {
        var sheet = new ContactSheet(1, 9, 9, gap: 0);
        sheet.Add(Plain(1, 1, 7, 8, 9), 1, 1, PixelOrder.Rgba32);
        byte[] pixels = sheet.Render();
        Assert.Equal([7, 8, 9, 255], At(sheet, pixels, 4, 4));
        Assert.Equal(80, Enumerable.Range(0, 81).Count(i => pixels.AsSpan(i * 4, 4).SequenceEqual(White)));
    }

    [Fact]
    public void Wrong_lengths_and_sizes_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => new ContactSheet(1, 9, 9).Add(new byte[15], 2, 2, PixelOrder.Rgba32));
        Assert.Contains("need 16 bytes, but there are 15", error.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ContactSheet(0, 9, 9));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ContactSheet(1, 0, 9));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ContactSheet(1, 9, 9, gap: -1));
    }

    private static byte[] Plain(int height, int width, byte red, byte green, byte blue) =>
        [.. Enumerable.Repeat(new[] { red, green, blue, (byte)255 }, height * width).SelectMany(p => p)];

    private static byte[] At(ContactSheet sheet, byte[] pixels, int y, int x) => pixels[((y * sheet.Width + x) * 4)..((y * sheet.Width + x) * 4 + 4)];
}
