using DiffSeg.MLNet.Tests.Support;
using DiffSeg.Tests.Pictures.Files;
using Microsoft.ML;

namespace DiffSeg.MLNet.Tests.Images;

/// <summary>CMYK, 16 bits, progressive, interlaced, animated: what is strange about a picture and still a picture has a mask.</summary>
public sealed class SamplePictureTests : IDisposable
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly TemporaryFolder _folder = new();
    private readonly SmallModel _small = new();

    public static TheoryData<string> Samples => SamplePictures.Names;

    public void Dispose()
    {
        _small.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Picture_of_a_strange_kind_has_a_mask_of_its_size(string name)
    {
        Assert.SkipWhen(name.EndsWith(".bmp", StringComparison.Ordinal) && IsStandIn, "The stand-in for ML.NET reads no BMP.");
        Check(name, SamplePictures.All[name]);
    }

    [Theory]
    [InlineData("a b %20 ü #ß' \"&.png")]
    [InlineData("new\nline.png")]
    [InlineData(" -leading.png")]
    [InlineData("日本の猫🐈.png")]
    public void Picture_of_an_odd_name_has_one_too(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has other rules for names.");
        Check(name, SamplePictures.All["interlaced.png"]);
    }

    [Fact]
    public void Cut_picture_is_left_to_the_decoder_where_nothing_is_looked_at()
    {
        byte[] whole = PictureFiles.Jpeg(200, 300, (_, x) => x < 0.5 ? 0 : 1);
        byte[] cut = whole[..(whole.Length / 2)];

        Assert.Equal("is cut off: the end of the JPEG is missing", Read("cut.jpg", cut, new()).MaskStatus);
        Result read = Read("cut.jpg", cut, new() { Limits = null });

        Assert.Contains(read.MaskStatus, (string[])["", "cannot be decoded: it is damaged, or of a kind that ML.NET does not read"]);
        Assert.Equal(read.MaskStatus.Length == 0 ? 200 : 0, read.MaskHeight);
    }

    private static bool IsStandIn => typeof(MLContext).Assembly
        .GetCustomAttributes(typeof(System.Reflection.AssemblyMetadataAttribute), false)
        .Cast<System.Reflection.AssemblyMetadataAttribute>().Any(attribute => attribute.Key == "DiffSegStandIn");

    private void Check(string name, byte[] file)
    {
        Result row = Read(name, file, new());

        Assert.Equal("", row.MaskStatus);
        Assert.Equal((SamplePictures.Height, SamplePictures.Width), (row.MaskHeight, row.MaskWidth));

        // Red at the top, blue at the bottom.
        Assert.NotEqual(row.Mask[0], row.Mask[^1]);
    }

    private Result Read(string name, byte[] file, DiffSegMaskOptions options)
    {
        File.WriteAllBytes(_folder.File(name), file);
        (options.AnchorsPerSide, options.Size, options.Columns, options.KlThreshold) = (4, MaskSize.Original, MaskColumns.Status, 0.05f);
        IDataView data = _ml.Data.LoadFromEnumerable<ImageSource>([new() { ImagePath = _folder.File(name) }]);
        using var chain = _ml.Transforms.DiffSeg("Mask", "ImagePath", _small.Model, options).Fit(data);
        return _ml.Data.CreateEnumerable<Result>(chain.Transform(data), reuseRowObject: false).Single();
    }

    internal sealed class Result : SegmentedImage
    {
        public string MaskStatus { get; set; } = "";
    }
}
