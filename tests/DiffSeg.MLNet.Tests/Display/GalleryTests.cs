using DiffSeg.MLNet.Tests.Data;
using DiffSeg.MLNet.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

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
    public void Paths_start_from_the_folder_as_those_of_the_chain_do()
    {
        using var folder = new TemporaryFolder();
        using MLImage picture = TestData.Picture(24, 32, TestData.Regions(0));
        picture.Save(folder.File("a.png"));
        IDataView data = Rows(new SegmentedImage { ImagePath = "a.png", Mask = new ushort[24 * 32], MaskHeight = 24, MaskWidth = 32 });

        Assert.Equal(["a.png"], Show(data, imageFolder: Path.GetDirectoryName(folder.File("a.png"))!).Captions);
        Assert.Contains("not there", Show(data).Captions[0]);
    }

    [Fact]
    public void A_row_that_failed_shows_its_reason_and_its_picture_is_not_read()
    {
        using var folder = new TemporaryFolder();
        using MLImage picture = TestData.Picture(24, 32, TestData.Regions(0));
        picture.Save(folder.File("a.png"));
        ToldRow[] rows = [Told("a.png"), Told("<b>.jpg", "is cut off: the end of the JPEG is missing"), Told("a.png"), Told("", "has an empty path")];
        IDataView data = Ml.Data.LoadFromEnumerable(rows);

        Gallery gallery = Show(data);
        Gallery named = Show(data, captionColumnName: "ImagePath", statusColumnName: "MaskStatus");

        Assert.Equal(["a.png", "<b>.jpg", "a.png", ""], gallery.Captions);
        Assert.Equal(rows.Select(row => row.ImagePath), named.Captions);
        string html = gallery.ToHtml();
        Assert.Contains(">is cut off: the end of the JPEG is missing</div><figcaption>&lt;b&gt;.jpg</figcaption>", html);
        Assert.Contains(">has an empty path</div><figcaption></figcaption>", html);
        Assert.Equal(2, html.Split("Mask of 1 segment").Length - 1);
        using MLImage sheet = MLImage.CreateFromStream(new MemoryStream(gallery.ToPng()));
        Assert.Equal(12 + (2 * (32 + 12)) + (2 * (288 + 12)), sheet.Width);

        ToldRow Told(string name, string status = "") => status.Length > 0
            ? new() { ImagePath = name.Length > 0 ? folder.File(name) : "", MaskStatus = status }
            : new() { ImagePath = folder.File(name), Mask = new ushort[24 * 32], MaskHeight = 24, MaskWidth = 32 };
    }

    [Fact]
    public void A_row_without_mask_or_reason_is_told_what_is_missing()
    {
        IDataView data = Ml.Data.LoadFromEnumerable([new ToldRow { ImagePath = "a.jpg" }]);
        Assert.Contains("'MaskStatus'", Assert.Throws<InvalidOperationException>(() => Show(data)).Message);
        Assert.Contains("'Nope'", Assert.Throws<ArgumentOutOfRangeException>(() => Show(data, statusColumnName: "Nope")).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Show(data, statusColumnName: "MaskHeight"));
    }

    [Fact]
    public void A_column_of_another_type_named_like_a_status_is_none()
    {
        IDataView data = Ml.Data.LoadFromEnumerable([new NumberedRow { ImagePath = "a.jpg", Mask = [0, 1], MaskHeight = 1, MaskWidth = 2, MaskStatus = 7 }]);
        Assert.Equal(1, Show(data).Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => Show(data, statusColumnName: "MaskStatus"));
    }

    [Fact]
    public void Pictures_that_could_not_be_loaded_are_none()
    {
        IDataView paths = Ml.Data.LoadFromEnumerable([new ToldRow { ImagePath = "gone.jpg", Mask = [0, 1], MaskHeight = 1, MaskWidth = 2 }]);
        IDataView data = Ml.Transforms.LoadPictures("Photo", "ImagePath").Fit(paths).Transform(paths);

        string html = Show(data, imageColumnName: "Photo").ToHtml();

        Assert.Contains("Mask of 2 segments, 2 x 1 pixels", html);
        Assert.DoesNotContain("over the picture", html);
    }

    [Theory]
    [InlineData(90, 160, 512, 512, 35, 125, 0, 90)]
    [InlineData(90, 160, 256, 512, 0, 160, 5, 85)]
    [InlineData(1800, 3200, 512, 512, 63, 225, 0, 162)]
    public void A_cropped_mask_lies_on_the_centre(int height, int width, int modelHeight, int modelWidth, int left, int right, int top, int bottom)
    {
        IDataView data = Ml.Data.LoadFromEnumerable([new CroppedRow { Photo = TestData.Picture(height, width, (_, _) => 1) }]);
        PaintMaskOptions painting = new() { Fit = ImageFit.Crop, ModelImageHeight = modelHeight, ModelImageWidth = modelWidth, Opacity = 1, OutlineWidth = 0 };

        Gallery gallery = Show(data, imageColumnName: "Photo", painting: painting);

        using MLImage sheet = MLImage.CreateFromStream(new MemoryStream(gallery.ToPng()));
        int shownWidth = Math.Min(width, 288), shownHeight = Math.Min(height, 162), middle = (left + right) / 2;
        Assert.Equal(12 + shownWidth + 12, sheet.Width);
        uint ground = At(0, 0), first = At(top + 3, left + 3), second = At(top + 3, right - 4);
        Assert.Equal(3, new[] { ground, first, second }.Distinct().Count());
        for (int y = 0; y < shownHeight; y += 7)
        {
            for (int x = 0; x < shownWidth; x++)
            {
                if (Math.Abs(x - middle) > 1 && !IsLabel(x, y))
                {
                    bool covered = x >= left && x < right && y >= top && y < bottom;
                    Assert.Equal((x, y, !covered ? ground : x < middle ? first : second), (x, y, At(y, x)));
                }
            }
        }

        Assert.Contains("over a part of the picture", gallery.ToHtml());

        uint At(int y, int x) => System.Runtime.InteropServices.MemoryMarshal.Cast<byte, uint>(sheet.Pixels)[((12 + y) * sheet.Width) + 12 + x];

        // The numbers on the segments, in the middle of each half.
        bool IsLabel(int x, int y) => Math.Abs(y - ((top + bottom) / 2)) < 25 && x >= left && x < right;
    }

    [Fact]
    public void A_cropped_mask_of_no_told_size_has_that_of_what_it_covers()
    {
        IDataView data = Ml.Data.LoadFromEnumerable([new BareCroppedRow()]);
        Assert.Equal(1, Show(data, imageColumnName: "Photo", painting: new() { Fit = ImageFit.Crop }).Count);
        Assert.Throws<InvalidOperationException>(() => Show(data, imageColumnName: "Photo"));
        Assert.Throws<ArgumentOutOfRangeException>("Opacity", () => Show(data, imageColumnName: "Photo", painting: new() { Opacity = 2 }));
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
        string? statusColumnName = null,
        int pictureSide = 288,
        PaintMaskOptions? painting = null,
        string imageFolder = "") => Ml.Segmentation().Gallery(
            data, rows, imageColumnName, maskColumnName, captionColumnName, statusColumnName, pictureSide, painting, imageFolder,
            TestContext.Current.CancellationToken);

    private static IDataView Rows(params SegmentedImage[] rows) => Ml.Data.LoadFromEnumerable(rows);

    internal sealed class ToldRow : SegmentedImage
    {
        public string MaskStatus { get; set; } = "";
    }

    internal sealed class NumberedRow : SegmentedImage
    {
        public int MaskStatus { get; set; }
    }

    internal sealed class CroppedRow
    {
        [ImageType(1, 1)]
        public MLImage? Photo { get; set; }

        [VectorType(2, 2)]
        public ushort[] Mask { get; set; } = [0, 1, 0, 1];
    }

    internal sealed class BareCroppedRow
    {
        [ImageType(1, 1)]
        public MLImage? Photo { get; set; } = TestData.Picture(90, 160, (_, _) => 1);

        [VectorType]
        public ushort[] Mask { get; set; } = new ushort[90 * 90];
    }
}
