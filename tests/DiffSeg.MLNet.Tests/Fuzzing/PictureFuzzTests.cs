using System.Globalization;
using DiffSeg.MLNet.Tests.Data;
using DiffSeg.MLNet.Tests.Support;
using DiffSeg.Tests.Pictures.Files;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Tests.Fuzzing;

/// <summary>
/// Pictures that were made to do harm, decoded as a chain decodes them. In a process of its own: native code that fails takes
/// its process with it.
/// </summary>
public sealed class PictureFuzzTests : IDisposable
{
    // ML.NET and the decoder take 200 MB to begin with; pictures of 100,000 pixels come and go.
    private const long MostBytes = 1L << 30;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Pictures_are_decoded_or_refused()
    {
        foreach ((string name, byte[] picture) in SamplePictures.All)
        {
            File.WriteAllBytes(_folder.File(name), picture);
        }

        File.WriteAllBytes(_folder.File("plain.jpg"), PictureFiles.Jpeg(40, 48, TestData.Regions(1)));
        File.WriteAllBytes(_folder.File("turned.jpg"), PictureFiles.WithOrientation(PictureFiles.Jpeg(24, 48, TestData.Regions(2)), 6));
        PictureFiles.WritePng(_folder.File("grey.png"), 20, 30, 1, (y, x, _) => (byte)(y * x));
        PictureFiles.WritePng(_folder.File("alpha.png"), 20, 30, 4, (y, x, channel) => (byte)(y + (x * channel)));
        using (MLImage photo = TestData.Picture(32, 44, TestData.Regions(3)))
        {
            photo.Save(_folder.File("photo.png"));
        }

        string[] result = FreshProcess.Fuzz("fuzz-pictures", "pictures", _folder.Path);

        TestContext.Current.TestOutputHelper?.WriteLine(result[0]);
        long[] numbers = [.. result.Skip(1).Select(line => long.Parse(line, CultureInfo.InvariantCulture))];
        Assert.True(FuzzedOne || (numbers[0] > 0 && numbers[1] > 0), result[0]);
        Assert.InRange(numbers[2], 1, MostBytes);
    }

    private static bool FuzzedOne => DiffSeg.Fuzzing.FuzzSettings.OfEnvironment.OnlyCase is not null;
}
