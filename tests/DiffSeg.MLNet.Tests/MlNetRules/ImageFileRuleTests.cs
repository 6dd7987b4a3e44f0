using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Tests.MlNetRules;

/// <summary>Picture files and MLImage.</summary>
public sealed class ImageFileRuleTests : IDisposable
{
    private readonly MLContext _ml = new(1);
    private readonly string _folder = Directory.CreateTempSubdirectory("diffseg-rules-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Pixels_keep_their_format_and_order()
    {
        using MLImage image = MLImage.CreateFromPixels(2, 1, MLPixelFormat.Rgba32, [1, 2, 3, 255, 4, 5, 6, 128]);
        Assert.Equal(
            (2, 1, 32, MLPixelFormat.Rgba32), (image.Width, image.Height, image.BitsPerPixel, image.PixelFormat));
        Assert.Equal([1, 2, 3, 255, 4, 5, 6, 128], image.Pixels.ToArray());
        Assert.Throws<ArgumentException>(() => MLImage.CreateFromPixels(2, 1, MLPixelFormat.Rgba32, [1, 2, 3, 4]));
        Assert.Throws<ArgumentException>(() => MLImage.CreateFromPixels(0, 1, MLPixelFormat.Rgba32, []));
        Assert.Throws<ArgumentException>(() => MLImage.CreateFromPixels(1, 1, MLPixelFormat.Unknown, [1, 2, 3, 4]));
    }

    [Fact]
    public void A_disposed_image_says_so()
    {
        MLImage image = Solid(2, 2, 10, 20, 30);
        image.Dispose();
        image.Dispose();
        Assert.Equal("Object is disposed.", Assert.Throws<InvalidOperationException>(() => image.Width).Message);
        Assert.Throws<InvalidOperationException>(() => image.Pixels.Length);
        Assert.Throws<InvalidOperationException>(() => image.Tag);
    }

    [Fact]
    public void A_png_makes_the_round_trip_exactly()
    {
        using MLImage image = Solid(3, 2, 10, 20, 30);
        image.Save(Place("a.png"));
        using MLImage read = MLImage.CreateFromFile(Place("a.png"));
        Assert.Equal((3, 2), (read.Width, read.Height));
        Assert.Equal(Colours(image), Colours(read));
    }

    [Fact]
    public void A_jpeg_is_saved_at_the_best_quality()
    {
        using MLImage image = Solid(16, 16, 10, 200, 30);
        image.Save(Place("a.jpg"));
        using MLImage read = MLImage.CreateFromFile(Place("a.jpg"));
        Assert.All(
            Colours(image).Zip(Colours(read)),
            p => Assert.InRange(Math.Abs(p.First.R - p.Second.R) + Math.Abs(p.First.G - p.Second.G), 0, 4));
    }

    [Theory]
    [InlineData("a.txt", "Path has invalid image file extension.")]
    [InlineData("a", "Path has invalid image file extension.")]
    [InlineData("a.gif", "Saving image with the format '.gif' is not supported.")]
    public void A_format_that_cannot_be_saved_is_an_argument_error(string name, string message)
    {
        using MLImage image = Solid(2, 2, 1, 2, 3);
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => image.Save(Place(name))).Message);
    }

    [Fact]
    public void Greyscale_becomes_three_equal_colours()
    {
        using MLImage image = Decode(TinyPng.Write(3, 1, colourType: 0, [10, 20, 250]));
        Assert.Equal([(10, 10, 10, 255), (20, 20, 20, 255), (250, 250, 250, 255)], Colours(image));
    }

    [Fact]
    public void Colours_of_a_file_are_multiplied_by_alpha()
    {
        using MLImage image = Decode(
            TinyPng.Write(3, 1, colourType: 6, [200, 100, 50, 128, 0, 255, 0, 0, 9, 8, 7, 255]));
        Assert.Equal([(100, 50, 25, 128), (0, 0, 0, 0), (9, 8, 7, 255)], Colours(image));
    }

    [Fact]
    public void One_pixel_and_a_very_wide_picture_are_pictures()
    {
        using MLImage one = Decode(TinyPng.Write(1, 1, colourType: 2, [1, 2, 3]));
        Assert.Equal([(1, 2, 3, 255)], Colours(one));
        using MLImage wide = Decode(TinyPng.Write(12_000, 1, colourType: 0, new byte[12_000]));
        Assert.Equal((12_000, 1), (wide.Width, wide.Height));
    }

    [Fact]
    public void What_is_no_picture_is_an_argument_error()
    {
        File.WriteAllText(Place("text.jpg"), "this is text, not a picture");
        Assert.StartsWith(
            "Invalid path", Assert.Throws<ArgumentException>(() => MLImage.CreateFromFile(Place("text.jpg"))).Message);
        Assert.StartsWith(
            "Invalid path", Assert.Throws<ArgumentException>(() => MLImage.CreateFromFile(Place("none.jpg"))).Message);
        Assert.StartsWith("Invalid input stream contents", Assert.Throws<ArgumentException>(() => Decode([])).Message);
        Assert.Throws<ArgumentNullException>(() => MLImage.CreateFromFile(null!));
    }

    [Fact]
    public void A_file_that_breaks_off_gives_the_rows_before_that_and_transparent_black_after()
    {
        var noise = new byte[64 * 256 * 4];
        new Random(1).NextBytes(noise);
        for (int i = 3; i < noise.Length; i += 4)
        {
            noise[i] = 255;
        }

        using MLImage image = MLImage.CreateFromPixels(64, 256, MLPixelFormat.Bgra32, noise);
        image.Save(Place("whole.jpg"));
        byte[] file = File.ReadAllBytes(Place("whole.jpg"));
        using MLImage cut = Decode(file[..(file.Length * 3 / 4)]);
        Assert.Equal((64, 256), (cut.Width, cut.Height));
        Assert.Equal(255, Colours(cut)[0].A);
        Assert.Equal((0, 0, 0, 0), Colours(cut)[^1]);
        Assert.Throws<ArgumentException>(() => Decode(file[..100]));
    }

    [Fact]
    public void A_png_that_is_whole_but_damaged_is_an_argument_error()
    {
        byte[] png = TinyPng.Write(40, 30, colourType: 0, new byte[40 * 30]);
        png.AsSpan(png.AsSpan().IndexOf("IDAT"u8) + 4, 4).Fill(0xAA);
        Assert.Throws<ArgumentException>(() => Decode(png));
    }

    [Fact]
    public void Loading_reads_the_folders_file_and_keeps_its_path()
    {
        using (MLImage image = Solid(3, 2, 10, 20, 30))
        {
            image.Save(Place("a.png"));
        }

        IDataView view = Load(_folder, "a.png");
        Assert.Equal("Image", view.Schema["Image"].Type.ToString());
        Assert.Equal(
            (3, 2, Place("a.png")), view.GetColumn<MLImage>("Image").Select(i => (i.Width, i.Height, i.Tag)).Single());
    }

    [Fact]
    public void Loading_reports_a_missing_folder_at_once_and_bad_files_when_they_are_read()
    {
        var error = Assert.Throws<ArgumentException>(
            () => _ml.Transforms.LoadImages("Image", Place("nowhere"), "Path"));
        Assert.Contains("does not exist.", error.Message);
        File.WriteAllText(Place("text.jpg"), "this is text, not a picture");
        Assert.Throws<FileNotFoundException>(() => Load(_folder, "none.jpg").GetColumn<MLImage>("Image").ToList());
        Assert.Throws<ArgumentException>(() => Load(_folder, "text.jpg").GetColumn<MLImage>("Image").ToList());
    }

    [Fact]
    public void An_empty_path_gives_no_picture_and_no_error() =>
        Assert.Null(Load("", "").GetColumn<MLImage>("Image").Single());

    [Fact]
    public void The_loader_disposes_each_picture_when_the_next_one_is_read()
    {
        using (MLImage image = Solid(3, 2, 10, 20, 30))
        {
            image.Save(Place("a.png"));
        }

        List<MLImage> images = [.. Load(_folder, "a.png", "a.png").GetColumn<MLImage>("Image")];
        Assert.Throws<InvalidOperationException>(() => images[0].Width);
    }

    private static MLImage Solid(int width, int height, byte red, byte green, byte blue)
    {
        byte[] pixels = [.. Enumerable.Repeat(new[] { blue, green, red, (byte)255 },
            width * height).SelectMany(p => p)];
        return MLImage.CreateFromPixels(width, height, MLPixelFormat.Bgra32, pixels);
    }

    private static MLImage Decode(byte[] file) => MLImage.CreateFromStream(new MemoryStream(file));

    private static List<(int R, int G, int B, int A)> Colours(MLImage image)
    {
        (int red, int blue) = image.PixelFormat == MLPixelFormat.Bgra32 ? (2, 0) : (0, 2);
        byte[] p = image.Pixels.ToArray();
        return [.. Enumerable.Range(0,
            p.Length / 4).Select(i =>
                i * 4).Select(i => ((int)p[i + red], (int)p[i + 1], (int)p[i + blue], (int)p[i + 3]))];
    }

    private string Place(string name) => Path.Combine(_folder, name);

    private IDataView Load(string folder, params string[] names)
    {
        IDataView view = _ml.Data.LoadFromEnumerable(names.Select(n => new Row { Path = n }));
        return _ml.Transforms.LoadImages("Image", folder, "Path").Fit(view).Transform(view);
    }

    private sealed class Row
    {
        public string? Path { get; set; }
    }
}
