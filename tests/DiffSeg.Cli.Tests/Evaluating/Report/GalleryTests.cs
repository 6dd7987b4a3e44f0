using System.Xml.Linq;
using DiffSeg.Cli.Evaluating.Report.Gallery;
using DiffSeg.Cli.Evaluating.Report.Page;
using DiffSeg.Cli.Evaluating.Report.Results;
using DiffSeg.Cli.Tests.Support;

namespace DiffSeg.Cli.Tests.Evaluating.Report;

public sealed class GalleryTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "0")]
    [InlineData(9, "8 7 6 5 4 3 2 1 0")]
    [InlineData(10, "9 8 7 | 6 5 4 | 2 1 0")]
    [InlineData(101, "100 99 98 | 51 50 49 | 2 1 0")]
    public void Best_middle_and_worst_are_chosen(int count, string expected)
    {
        var random = new Random(1);
        ImageScore[] images = [.. Enumerable.Range(0, count).Select(i => new ImageScore($"{i}", i / 200.0, 1)).OrderBy(_ => random.Next())];

        string chosen = string.Join(" | ", GalleryGroup.Of(images).Select(group => string.Join(' ', group.Images.Select(image => image.Id))));

        Assert.Equal(expected, chosen);
    }

    [Fact]
    public void Images_without_a_score_are_left_out() =>
        Assert.Empty(GalleryGroup.Of([new ImageScore("a", double.NaN, 1)]));

    [Fact]
    public void Large_picture_is_made_small()
    {
        var random = new Random(1);
        TestPicture.Save(_folder["noise.png"], 700, 500, (_, _) => [(byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256), 255]);

        string uri = DataUri.Of(_folder.Path, "noise.png")!;

        byte[] bytes = Convert.FromBase64String(uri[(uri.IndexOf(',', StringComparison.Ordinal) + 1)..]);
        Assert.InRange(bytes.Length, 100, DataUri.MostBytes);
        Assert.Equal(["noise.png"], _folder.Files);
    }

    [Fact]
    public void Small_picture_goes_in_as_it_is()
    {
        TestPicture.SaveFields(_folder["a b/small.png"], 32, 32);

        Assert.Equal($"data:image/png;base64,{Convert.ToBase64String(File.ReadAllBytes(_folder["a b/small.png"]))}", DataUri.Of(_folder.Path, "a b/small.png"));
    }

    [Fact]
    public void What_is_not_there_or_no_picture_or_elsewhere_gives_none()
    {
        File.WriteAllText(_folder["text.png"], new string('x', DataUri.MostBytes + 1));
        Directory.CreateDirectory(_folder["report"]);
        TestPicture.SaveFields(_folder["outside.png"], 8, 8);

        Assert.Null(DataUri.Of(_folder.Path, null));
        Assert.Null(DataUri.Of(_folder.Path, "missing.png"));
        Assert.Null(DataUri.Of(_folder.Path, "text.png"));
        Assert.Null(DataUri.Of(_folder["report"], "../outside.png"));
        Assert.NotNull(DataUri.Of(_folder.Path, "outside.png"));
    }

    [Fact]
    public void Pictures_are_in_the_page_and_those_missing_are_said_to_be()
    {
        TestPicture.SaveFields(_folder["photo.png"], 64, 48);
        EvaluationResult result = SampleEvaluation.Small with
        {
            Images = [new ImageScore(SampleEvaluation.Nasty, 0.5, 1, new ImagePictures("photo.png", "gone.png", "photo.png", null))],
        };

        string html = HtmlReport.Render(result, _folder.Path);

        XElement figure = Assert.Single(XElement.Parse(html["<!DOCTYPE html>\n".Length..]).Descendants("figure"), f => (string?)f.Attribute("class") == "image");
        Assert.Equal(2, figure.Descendants("img").Count());
        Assert.All(figure.Descendants("img"), image => Assert.StartsWith("data:image/png;base64,", (string?)image.Attribute("src"), StringComparison.Ordinal));
        Assert.Equal(2, figure.Descendants("p").Count(p => p.Value == "no picture"));
        Assert.EndsWith("mIoU 50 %, 1 segment", figure.Element("figcaption")!.Value, StringComparison.Ordinal);
    }
}
