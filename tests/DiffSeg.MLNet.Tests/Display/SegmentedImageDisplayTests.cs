using DiffSeg.Display;
using DiffSeg.MLNet.Tests.Data;
using DiffSeg.MLNet.Tests.Support;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Tests.Display;

public class SegmentedImageDisplayTests
{
    [Fact]
    public void The_mask_lies_over_the_picture_of_its_file()
    {
        using var folder = new TemporaryFolder();
        using MLImage picture = TestData.Picture(240, 320, TestData.Regions(2));
        picture.Save(folder.File("<a> & b.png"));
        SegmentedImage row = Row(folder.File("<a> & b.png"));

        using MLImage shown = MLImage.CreateFromStream(new MemoryStream(row.ToPng()));

        Assert.Equal((320, 240), (shown.Width, shown.Height));
        Assert.Contains("&lt;a&gt; &amp; b.png</figcaption>", row.ToHtml());
        Assert.Contains("over the picture", row.ToHtml());
    }

    [Fact]
    public void Without_its_file_the_mask_stands_alone()
    {
        SegmentedImage row = Row("gone.png");
        using MLImage shown = MLImage.CreateFromStream(new MemoryStream(row.ToPng()));
        Assert.Equal((192, 96), (shown.Width, shown.Height));
        Assert.Contains("gone.png (the file is not there or cannot be read)", row.ToHtml());
    }

    [Fact]
    public void A_file_that_is_no_picture_is_like_none()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("a.png"), "no picture");
        Assert.Equal(Row("gone.png").ToPng(), Row(folder.File("a.png")).ToPng());
    }

    [Fact]
    public void A_mask_without_its_size_is_named()
    {
        SegmentedImage row = new() { ImagePath = "a.jpg", Mask = [0, 1] };
        Assert.Contains("2 labels, its size is 0 x 0", Assert.Throws<InvalidOperationException>(row.ToHtml).Message);
        Assert.Throws<ArgumentException>(row.Segments);
    }

    [Fact]
    public void A_row_that_failed_says_so_and_has_no_segments()
    {
        SegmentedImage row = new() { ImagePath = "<a>.jpg" };
        Assert.Contains("MaskStatus", row.ToHtml());
        Assert.Contains("<figcaption>&lt;a&gt;.jpg</figcaption>", row.ToHtml());
        Assert.Equal(new DisplayNote("no mask: the row failed, and its status column (MaskStatus) says why").ToPng(), row.ToPng());
        Assert.Empty(row.Segments());
    }

    private static SegmentedImage Row(string path) =>
        new() { ImagePath = path, Mask = [0, 1], MaskHeight = 1, MaskWidth = 2 };
}
