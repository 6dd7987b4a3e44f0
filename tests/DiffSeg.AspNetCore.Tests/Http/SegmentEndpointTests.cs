using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using DiffSeg.AspNetCore.Tests.Support;
using DiffSeg.MLNet.Tests.Support;
using DiffSeg.Pictures;
using Microsoft.ML.Data;

namespace DiffSeg.AspNetCore.Tests.Http;

/// <summary>What is answered to whole pictures and to bad ones, on a real model.</summary>
public sealed class SegmentEndpointTests : IAsyncLifetime
{
    private readonly SmallModel _small = new();
    private TestService _service = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _service = await TestService.StartAsync(null, options =>
    {
        options.Model = _small.Model;

        // Of a picture that is padded, the small model's attention has fewer than 16 tokens a side.
        options.Segmentation = new() { AnchorsPerSide = 8, KlThreshold = _small.Model.RecommendedKlThreshold, ZeroAttention = ZeroAttention.Clamp };
        options.Limits = new() { MaxFileBytes = 50_000, MaxPixels = 10_000 };
    });

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        _small.Dispose();
    }

    [Fact]
    public async Task Mask_is_a_png_of_labels()
    {
        byte[] png = TestPictures.Png(1);
        Segmentation expected = await _service.Pool.SegmentAsync(png, cancellationToken: Stop);

        using HttpResponseMessage response = await _service.PostAsync(png);

        Assert.Equal((HttpStatusCode.OK, "image/png"), (response.StatusCode, response.Content.Headers.ContentType!.ToString()));
        using Stream stream = await response.Content.ReadAsStreamAsync(Stop);
        LabelImage mask = LabelPng.Read(stream);
        Assert.Equal((40, 60), (mask.Height, mask.Width));
        Assert.Equal(expected.Labels.ToArray(), mask.Labels.ToArray());
    }

    [Fact]
    public async Task Coco_file_has_all_segments()
    {
        byte[] png = TestPictures.Png(1);
        Segmentation expected = await _service.Pool.SegmentAsync(png, cancellationToken: Stop);

        using HttpResponseMessage response = await _service.PostAsync(png, accept: "application/json");

        using var coco = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Stop));
        JsonElement image = coco.RootElement.GetProperty("images")[0];
        Assert.Equal((40, 60), (image.GetProperty("height").GetInt32(), image.GetProperty("width").GetInt32()));
        Assert.Equal(
            expected.Segments.Select(segment => segment.Area),
            coco.RootElement.GetProperty("annotations").EnumerateArray().Select(segment => segment.GetProperty("area").GetInt32()));
    }

    [Fact]
    public async Task Overlay_is_the_picture_with_the_mask_over_it()
    {
        byte[] png = TestPictures.Png(1);

        using HttpResponseMessage response = await _service.PostAsync(png, "/segment/overlay");

        Assert.Equal("image/png", response.Content.Headers.ContentType!.ToString());
        using var overlay = new MemoryStream(await response.Content.ReadAsByteArrayAsync(Stop));
        using var before = new MemoryStream(png);
        using MLImage painted = MLImage.CreateFromStream(overlay), plain = MLImage.CreateFromStream(before);
        Assert.Equal((plain.Height, plain.Width), (painted.Height, painted.Width));
        Assert.NotEqual(plain.Pixels.ToArray(), painted.Pixels.ToArray());
    }

    [Theory]
    [InlineData(null, "image/png")]
    [InlineData("*/*", "image/png")]
    [InlineData("image/*", "image/png")]
    [InlineData("application/json", "application/json")]
    [InlineData("application/*, text/html", "application/json")]
    [InlineData("application/json, */*;q=0.5", "application/json")]
    [InlineData("image/png;q=0.2, application/json;q=0.1", "image/png")]
    [InlineData("application/json;q=0, image/png;q=0.1", "image/png")]
    [InlineData("text/html, */*", "image/png")]
    [InlineData("image/png;q=0, */*", "application/json")]
    [InlineData("image/*;q=0.1, */*;q=0.2", "application/json")]
    [InlineData("*/*;q=0, image/png", "image/png")]
    public async Task Client_chooses_the_answer(string? accept, string expected)
    {
        using HttpResponseMessage response = await _service.PostAsync(TestPictures.Png(0), accept: accept);
        Assert.Equal((HttpStatusCode.OK, expected), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
    }

    [Theory]
    [InlineData("/segment", "text/html", "The answer is image/png or application/json; accept it.")]
    [InlineData("/segment", "*/*;q=0", "The answer is image/png or application/json; accept it.")]
    [InlineData("/segment", "image/jpeg, image/png;q=0", "The answer is image/png or application/json; accept it.")]
    [InlineData("/segment/overlay", "application/json", "The answer is image/png; accept it.")]
    public async Task Answer_that_nobody_makes(string path, string accept, string expected)
    {
        using HttpResponseMessage response = await _service.PostAsync(TestPictures.Png(0), path, accept: accept);
        Assert.Equal(expected, await TestService.DetailAsync(response, 406));
    }

    [Fact]
    public async Task Settings_in_the_query_count()
    {
        Assert.Equal(1, await SegmentsAsync("?kl-threshold=50"));
        Assert.Equal(1, await SegmentsAsync("?KL-Threshold=50"));
        Assert.Equal(3, await SegmentsAsync("?kl-threshold=1&min-region=0&regions=true"));
        Assert.Equal(1, await SegmentsAsync("?min-region=0.3"));
    }

    [Theory]
    [InlineData("?kl-threshold=0", "'kl-threshold' takes a number above 0, not '0'.")]
    [InlineData("?kl-threshold=NaN", "'kl-threshold' takes a number above 0, not 'NaN'.")]
    [InlineData("?kl-threshold=1e-60", "'kl-threshold' takes a number above 0, not '1e-60'.")]
    [InlineData("?kl-threshold=1e60", "'kl-threshold' takes a number above 0, not '1e60'.")]
    [InlineData("?min-region=50", "'min-region' takes a share of the picture from 0 to 1, not '50'.")]
    [InlineData("?regions=yes", "'regions' takes true or false, not 'yes'.")]
    [InlineData("?regions=true&regions=true", "'regions' takes true or false, not 'true,true'.")]
    [InlineData("?threshold=1", "There is no setting 'threshold'; there are kl-threshold, min-region and regions.")]
    public async Task Wrong_setting_is_explained(string query, string expected)
    {
        using HttpResponseMessage response = await _service.PostAsync(TestPictures.Png(0), "/segment" + query);
        Assert.Equal(expected, await TestService.DetailAsync(response, 400));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("nonsense")]
    public async Task Other_content_types_are_refused(string? type)
    {
        using HttpResponseMessage response = await _service.PostAsync(TestPictures.Png(0), type: type);
        Assert.StartsWith("The body must be a picture", await TestService.DetailAsync(response, 415));
    }

    [Theory]
    [InlineData("image/jpeg")]
    [InlineData("image/*")]
    [InlineData("IMAGE/PNG; charset=binary")]
    [InlineData("application/octet-stream")]
    public async Task Pictures_go_by_their_bytes_not_by_their_type(string type)
    {
        using HttpResponseMessage response = await _service.PostAsync(TestPictures.Png(0), type: type);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Compressed_bodies_are_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/segment") { Content = new ByteArrayContent([31, 139]) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        request.Content.Headers.ContentEncoding.Add("gzip");
        using HttpResponseMessage response = await _service.Client.SendAsync(request, Stop);
        Assert.Contains("no Content-Encoding", await TestService.DetailAsync(response, 415));
    }

    [Fact]
    public async Task Bad_pictures_are_told_apart()
    {
        byte[] png = TestPictures.Png(1);
        foreach ((byte[] picture, int status, string detail) in new[]
        {
            ([], 400, "The picture is empty."),
            (Encoding.UTF8.GetBytes("<html>no picture</html>"), 415, "The picture is "),
            (png[..^20], 400, "The picture is cut off"),
            (TestPictures.Damaged(), 400, "The picture "),
            (TestPictures.Bomb(101, 100), 413, "The picture "),
            (TestPictures.Bomb(60_000, 60_000), 413, "The picture "),
            (new byte[50_001], 413, "The picture has more bytes than the limit of 50,000."),
        })
        {
            using HttpResponseMessage response = await _service.PostAsync(picture);
            Assert.StartsWith(detail, await TestService.DetailAsync(response, status));
        }

        using HttpResponseMessage good = await _service.PostAsync(png);
        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
    }

    [Fact]
    public async Task Body_that_does_not_say_its_length_is_read_no_further_than_the_limit()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/segment") { Content = new ByteArrayContent(new byte[60_000]) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        request.Headers.TransferEncodingChunked = true;
        using HttpResponseMessage response = await _service.Client.SendAsync(request, Stop);
        await TestService.DetailAsync(response, 413);
    }

    [Fact]
    public async Task Sixteen_threads_get_what_one_gets()
    {
        const int Threads = 16, Pictures = 4;
        string[] settings = ["", "?kl-threshold=50", "?kl-threshold=1&min-region=0&regions=true", "?kl-threshold=0.3&min-region=0.01"];
        byte[][] pictures = [.. Enumerable.Range(0, Pictures).Select(number => TestPictures.Png(number, 30 + number, 50 - number))];
        (byte[] Picture, string Path, string? Accept)[] cases =
        [
            .. from picture in pictures from setting in settings select (picture, "/segment" + setting, (string?)null),
            .. pictures.Select(picture => (picture, "/segment", "application/json")),
            .. pictures.Select(picture => (picture, "/segment/overlay?regions=true", (string?)null)),
        ];
        byte[][] alone = new byte[cases.Length][];
        for (int i = 0; i < cases.Length; i++)
        {
            alone[i] = await AnswerAsync(i);
        }

        Assert.True(alone.Select(Convert.ToHexString).Distinct().Count() > cases.Length / 2);
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(
            async () =>
            {
                for (int round = 0; round < cases.Length; round++)
                {
                    int number = (thread + round) % cases.Length;
                    Assert.Equal(alone[number], await AnswerAsync(number));
                }
            },
            Stop)));

        async Task<byte[]> AnswerAsync(int number)
        {
            (byte[] picture, string path, string? accept) = cases[number];
            using HttpResponseMessage response = await _service.PostAsync(picture, path, accept: accept);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            return await response.Content.ReadAsByteArrayAsync(Stop);
        }
    }

    [Fact]
    public async Task Other_methods_are_refused()
    {
        using HttpResponseMessage response = await _service.Client.GetAsync("/segment", Stop);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    private async Task<int> SegmentsAsync(string query)
    {
        using HttpResponseMessage response = await _service.PostAsync(TestPictures.Png(1), "/segment" + query);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using Stream stream = await response.Content.ReadAsStreamAsync(Stop);
        return LabelPng.Read(stream).Labels.ToArray().Distinct().Count();
    }
}
