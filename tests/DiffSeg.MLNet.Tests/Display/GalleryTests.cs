using DiffSeg.MLNet.Tests.Data;
using DiffSeg.MLNet.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Tests.Display;

public class GalleryTests
{
    private static readonly MLContext Ml = new();

    [Fact]
    public void The_first_rows_are_shown_with_their_files_names_and_no_other_row_is_read()
    {
        using var folder = new TemporaryFolder();
        int read = 0;
        IDataView data = Ml.Data.LoadFromEnumerable(Rows());

        Gallery gallery = Show(data, rows: 3);

        Assert.Equal((3, 3), (gallery.Count, read));
        Assert.Equal(["a 0.png", "a 1.png", "a 2.png"], gallery.Captions);
        Assert.Equal(3, gallery.ToHtml().Split("<figcaption>").Length - 1);
        using MLImage sheet = MLImage.CreateFromStream(new MemoryStream(gallery.ToPng()));
        Assert.Equal((12 + (3 * (32 + 12)), 12 + 24 + 15 + 12), (sheet.Width, sheet.Height));

        IEnumerable<SegmentedImage> Rows()
        {
            for (; read < 10;)
            {
                string path = folder.File($"a {read++}.png");
                using MLImage picture = TestData.Picture(24, 32, TestData.Regions(read));
                picture.Save(path);
                yield return new SegmentedImage { ImagePath = path, Mask = new ushort[24 * 32], MaskHeight = 24, MaskWidth = 32 };
            }
        }
    }

    [Fact]
    public void A_missing_file_leaves_the_mask_and_says_so_with_the_path_encoded()
    {
        Gallery gallery = Show(Rows(new SegmentedImage { ImagePath = "x/<b>&.jpg", Mask = [0, 1], MaskHeight = 1, MaskWidth = 2 }));
        Assert.Equal(["<b>&.jpg (the file is not there or cannot be read)"], gallery.Captions);
        Assert.Contains("&lt;b&gt;&amp;.jpg (the file", gallery.ToHtml());
        Assert.DoesNotContain("<b>&", gallery.ToHtml());
    }

    [Fact]
    public void Images_in_a_column_and_captions_of_one_s_own()
    {
        IDataView data = Ml.Data.LoadFromEnumerable(TestData.PictureRows(2));
        Assert.Equal(["row 0", "row 1"], Show(data, imageColumnName: "Picture", maskColumnName: "Labels").Captions);
        Gallery named = Show(data, imageColumnName: "Picture", maskColumnName: "Labels", captionColumnName: "Name", pictureSide: 40);
        Assert.Equal(["picture 0", "picture 1"], named.Captions);
        using MLImage sheet = MLImage.CreateFromStream(new MemoryStream(named.ToPng()));
        Assert.Equal(12 + (2 * 52), sheet.Width);
    }

    [Fact]
    public void No_rows_are_an_empty_gallery()
    {
        Gallery gallery = Show(Rows());
        Assert.Equal(0, gallery.Count);
        Assert.Contains("no rows", gallery.ToHtml());
        Assert.NotEmpty(gallery.ToPng());
    }

    [Fact]
    public void Wrong_columns_numbers_and_sizes_are_named()
    {
        IDataView data = Rows(new SegmentedImage { ImagePath = "a.jpg", Mask = [0, 1, 2], MaskHeight = 2, MaskWidth = 2 });
        Assert.Contains("'Nope'", Assert.Throws<ArgumentOutOfRangeException>(() => Show(data, imageColumnName: "Nope")).Message);
        Assert.Contains("'ImagePath'", Assert.Throws<ArgumentOutOfRangeException>(() => Show(data, maskColumnName: "ImagePath")).Message);
        Assert.Contains("'Mask'", Assert.Throws<ArgumentOutOfRangeException>(() => Show(data, captionColumnName: "Mask")).Message);
        Assert.Throws<ArgumentOutOfRangeException>("rows", () => Show(data, rows: 0));
        Assert.Throws<ArgumentOutOfRangeException>("pictureSide", () => Show(data, pictureSide: 15));
        string message = Assert.Throws<InvalidOperationException>(() => Show(data)).Message;
        Assert.Contains("Row 0", message);
        Assert.Contains("'MaskHeight'", message);
    }

    private static Gallery Show(
        IDataView data,
        int rows = 12,
        string imageColumnName = "ImagePath",
        string maskColumnName = "Mask",
        string? captionColumnName = null,
        int pictureSide = 288) => Ml.Segmentation().Gallery(
            data, rows, imageColumnName, maskColumnName, captionColumnName, pictureSide, TestContext.Current.CancellationToken);

    private static IDataView Rows(params SegmentedImage[] rows) => Ml.Data.LoadFromEnumerable(rows);
}
