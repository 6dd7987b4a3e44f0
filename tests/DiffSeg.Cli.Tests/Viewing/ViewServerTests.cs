using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using DiffSeg.Cli.Tests.Support;
using DiffSeg.Pictures;

namespace DiffSeg.Cli.Tests.Viewing;

/// <summary>What the viewer answers to its page.</summary>
public sealed class ViewServerTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly FakeEncoder _encoder = new();

    public ViewServerTests()
    {
        TestPicture.SaveFields(_folder["photos/a.png"], 60, 40);
        TestPicture.SaveFields(_folder["photos/b.jpg"], 40, 60);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Page_is_one_small_set_of_files()
    {
        await using RunningViewer viewer = await StartAsync();
        string page = await viewer.Client.GetStringAsync("/", Cancellation);
        int weight = Encoding.UTF8.GetByteCount(page);
        foreach ((string name, string type) in new[]
        {
            ("view.css", "text/css"), ("icon.svg", "image/svg+xml"), ("view.js", "text/javascript"), ("requests.js", "text/javascript"),
            ("paint.js", "text/javascript"), ("segments.js", "text/javascript"), ("frame.js", "text/javascript"), ("keys.js", "text/javascript"),
        })
        {
            using HttpResponseMessage response = await viewer.Client.GetAsync(name, Cancellation);
            Assert.Equal((HttpStatusCode.OK, type), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
            weight += (await response.Content.ReadAsByteArrayAsync(Cancellation)).Length;
        }

        Assert.InRange(weight, 1, 40_000);
        TestContext.Current.TestOutputHelper!.WriteLine($"The page weighs {weight} bytes.");
        Assert.DoesNotContain("https://", page);
        Assert.DoesNotContain("style=", page);
    }

    [Fact]
    public async Task Album_names_the_pictures_and_the_model()
    {
        await using RunningViewer viewer = await StartAsync("--kl-threshold", "0.75");

        JsonElement album = await viewer.JsonAsync("/api/pictures");

        Assert.Equal([Path.Combine("photos", "a.png"), Path.Combine("photos", "b.jpg")], album.GetProperty("pictures").EnumerateArray().Select(name => name.GetString()!));
        Assert.Equal(("demo", 0.75f), (album.GetProperty("model").GetString(), album.GetProperty("threshold").GetSingle()));
        Assert.Equal(Palette.Standard.Count, album.GetProperty("palette").GetArrayLength());
        Assert.Contains($"{viewer.Address} shows 2 pictures. Ctrl+C ends it.", viewer.Output);
    }

    [Fact]
    public async Task Threshold_segments_anew_without_the_model()
    {
        await using RunningViewer viewer = await StartAsync();

        JsonElement few = await viewer.JsonAsync("/api/pictures/0/mask?threshold=50"), many = await viewer.JsonAsync("/api/pictures/0/mask?threshold=0.01");

        Assert.Single(few.GetProperty("segments").EnumerateArray());
        Assert.Equal(16, many.GetProperty("segments").GetArrayLength());
        foreach (JsonElement mask in new[] { few, many })
        {
            int[] runs = [.. mask.GetProperty("runs").EnumerateArray().Select(run => run.GetInt32())];
            Assert.Equal((240, 160), (mask.GetProperty("width").GetInt32(), mask.GetProperty("height").GetInt32()));
            Assert.Equal(240 * 160, runs.Where((_, i) => i % 2 == 1).Sum());
            Assert.Equal(1, mask.GetProperty("segments").EnumerateArray().Sum(segment => segment.GetProperty("share").GetDouble()), 9);
            Assert.Equal((60, 40), (mask.GetProperty("picture").GetProperty("width").GetInt32(), mask.GetProperty("picture").GetProperty("height").GetInt32()));
        }

        Assert.Single(_encoder.Seen, name => name == "a.png");
    }

    [Theory]
    [InlineData("mask?threshold=0", "'threshold' takes a number above 0, not '0'.")]
    [InlineData("mask?threshold=-1", "'threshold' takes a number above 0, not '-1'.")]
    [InlineData("mask?threshold=NaN", "'threshold' takes a number above 0, not 'NaN'.")]
    [InlineData("mask?threshold=1e60", "'threshold' takes a number above 0, not '1e60'.")]
    [InlineData("point?x=1", "'y' takes a whole number of pixels from 0, not ''.")]
    [InlineData("point?x=-1&y=0", "'x' takes a whole number of pixels from 0, not '-1'.")]
    [InlineData("point?x=60&y=0", "The model has not seen this spot; choose one that segments cover.")]
    [InlineData("point?x=6&y=0&with=60,0", "The model has not seen this spot; choose one that segments cover.")]
    [InlineData("point?x=6&y=0&with=5", "'with' takes two whole numbers of pixels from 0, such as 12,34, not '5'.")]
    [InlineData("point?x=6&y=0&without=5,-1", "'without' takes two whole numbers of pixels from 0, such as 12,34, not '5,-1'.")]
    [InlineData("point?x=6&y=0&without=1,2,3", "'without' takes two whole numbers of pixels from 0, such as 12,34, not '1,2,3'.")]
    [InlineData("point?x=6&y=0&with=5,1&without=5,1", "The spots of a segment must be different ones.")]
    public async Task Wrong_question_is_explained(string question, string message)
    {
        await using RunningViewer viewer = await StartAsync();
        Assert.Equal(message, await viewer.ProblemAsync($"/api/pictures/0/{question}", HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task Spot_has_attention_and_a_segment_around_it()
    {
        await using RunningViewer viewer = await StartAsync();

        JsonElement point = await viewer.JsonAsync("/api/pictures/0/point?x=7&y=5");

        JsonElement attention = point.GetProperty("attention"), segment = point.GetProperty("segment");
        byte[] values = attention.GetProperty("values").GetBytesFromBase64();
        Assert.Equal(FakeEncoder.Side * FakeEncoder.Side, values.Length);
        Assert.Equal((255, values.Max()), (values[0], values[17]));
        Assert.True(values[^1] < values[0]);
        int[] runs = [.. segment.GetProperty("runs").EnumerateArray().Select(run => run.GetInt32())];
        Assert.Equal(segment.GetProperty("width").GetInt32() * segment.GetProperty("height").GetInt32(), runs.Where((_, i) => i % 2 == 1).Sum());
        Assert.Equal(1, runs[0]);
        Assert.InRange(segment.GetProperty("share").GetDouble(), 0.01, 1);
    }

    [Fact]
    public async Task Several_spots_have_a_segment_together()
    {
        await using RunningViewer viewer = await StartAsync();

        JsonElement one = await viewer.JsonAsync("/api/pictures/0/point?x=7&y=5");
        JsonElement two = await viewer.JsonAsync("/api/pictures/0/point?x=7&y=5&with=54,36");
        JsonElement less = await viewer.JsonAsync("/api/pictures/0/point?x=7&y=5&with=54,36&without=24,5&without=7,20");

        Assert.True(Share(two) > Share(one));
        Assert.True(Share(less) < Share(two));
        Assert.Equal(one.GetProperty("attention").GetRawText(), two.GetProperty("attention").GetRawText());
        string many = string.Concat(Enumerable.Range(0, 32).Select(i => $"&with={i},0"));
        Assert.Equal("A segment has at most 32 spots.", await viewer.ProblemAsync($"/api/pictures/0/point?x=7&y=5{many}", HttpStatusCode.BadRequest));

        static double Share(JsonElement answer) => answer.GetProperty("segment").GetProperty("share").GetDouble();
    }

    [Fact]
    public async Task Pictures_go_as_they_are_where_browsers_show_them_and_as_png_otherwise()
    {
        _folder.Write("photos/c.bmp", Bitmap.OfOneColour(30, 20, 200, 40, 60));
        await using RunningViewer viewer = await StartAsync();

        foreach ((int number, string expected, string file) in new[] { (0, "image/png", "photos/a.png"), (1, "image/jpeg", "photos/b.jpg") })
        {
            (string same, byte[] asTheyAre) = await PictureAsync(viewer, number);
            Assert.Equal(expected, same);
            Assert.Equal(File.ReadAllBytes(_folder[file]), asTheyAre);
        }

        (string type, byte[] bytes) = await PictureAsync(viewer, 2);
        Assert.Equal("image/png", type);
        using var png = new MemoryStream(bytes);
        using var image = Microsoft.ML.Data.MLImage.CreateFromStream(png);
        Assert.Equal((30, 20), (image.Width, image.Height));
    }

    [Fact]
    public async Task Broken_pictures_are_told_and_the_viewer_goes_on()
    {
        _folder.Write("photos/c.png", "a text"u8);
        _folder.Write("photos/d.png", TestPicture.Undecodable);
        await using RunningViewer viewer = await StartAsync();

        string text = $"{Path.Combine("photos", "c.png")}: is a text, not a picture";
        Assert.Equal(text, await viewer.ProblemAsync("/api/pictures/2/mask", HttpStatusCode.UnprocessableEntity));
        Assert.Equal(text, await viewer.ProblemAsync("/api/pictures/2/picture", HttpStatusCode.UnprocessableEntity));
        Assert.Equal(
            $"{Path.Combine("photos", "d.png")}: cannot be decoded: it is damaged, or of a kind that ML.NET does not read",
            await viewer.ProblemAsync("/api/pictures/3/mask", HttpStatusCode.UnprocessableEntity));
        await viewer.JsonAsync("/api/pictures/1/mask");

        File.Delete(_folder["photos/a.png"]);
        Assert.EndsWith("is not there", await viewer.ProblemAsync("/api/pictures/0/mask", HttpStatusCode.UnprocessableEntity));
        TestPicture.SaveFields(_folder["photos/d.png"], 60, 40);
        await viewer.JsonAsync("/api/pictures/3/mask");
        Assert.Equal("", viewer.Error);
    }

    [Fact]
    public async Task Mask_is_saved_as_segment_writes_it()
    {
        await using RunningViewer viewer = await StartAsync();

        using HttpResponseMessage response = await viewer.Client.GetAsync("/api/pictures/1/mask.png?threshold=0.01", Cancellation);

        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
        using Stream stream = await response.Content.ReadAsStreamAsync(Cancellation);
        LabelImage mask = LabelPng.Read(stream);
        Assert.Equal((40, 60, 16), (mask.Width, mask.Height, mask.Labels.ToArray().Distinct().Count()));
    }

    [Fact]
    public async Task Head_has_no_body()
    {
        await using RunningViewer viewer = await StartAsync();
        using HttpResponseMessage response = await viewer.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/"), Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Fact]
    public async Task Ctrl_c_ends_it_and_gives_port_and_model_back()
    {
        await using RunningViewer viewer = await StartAsync();
        await viewer.JsonAsync("/api/pictures/0/mask");

        Assert.Equal(0, await viewer.EndAsync());

        Assert.True(_encoder.Disposed);
        Assert.Equal(0, _encoder.Alive);
        await Assert.ThrowsAsync<HttpRequestException>(() => viewer.Client.GetAsync("/", Cancellation));
    }

    private static async Task<(string Type, byte[] Bytes)> PictureAsync(RunningViewer viewer, int number)
    {
        using HttpResponseMessage response = await viewer.Client.GetAsync($"/api/pictures/{number}/picture", Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        MediaTypeHeaderValue type = response.Content.Headers.ContentType!;
        return (type.MediaType!, await response.Content.ReadAsByteArrayAsync(Cancellation));
    }

    private Task<RunningViewer> StartAsync(params string[] options) => RunningViewer.StartAsync(_folder.Path, _encoder, ["photos", .. options]);
}
