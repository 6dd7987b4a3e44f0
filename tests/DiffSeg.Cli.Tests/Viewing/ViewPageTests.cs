using System.Collections.Concurrent;
using DiffSeg.Cli.Tests.Support;
using Microsoft.ML.Data;
using Microsoft.Playwright;

namespace DiffSeg.Cli.Tests.Viewing;

/// <summary>The viewer's page in a real browser.</summary>
public sealed class ViewPageTests(PageFixture browser) : IClassFixture<PageFixture>, IAsyncDisposable
{
    private readonly TestFolder _folder = new();
    private readonly FakeEncoder _encoder = new();
    private readonly ConcurrentQueue<string> _requests = [];
    private readonly ConcurrentQueue<string> _complaints = [];
    private RunningViewer? _viewer;

    public async ValueTask DisposeAsync()
    {
        if (_viewer is not null)
        {
            await _viewer.DisposeAsync();
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task Picture_lies_under_its_mask_and_everything_comes_from_the_viewer()
    {
        IPage page = await OpenAsync();

        await ShownAsync(page);

        Assert.Equal("a.png - diffseg view", (await page.TitleAsync()).Replace("photos/", ""));
        Assert.Equal("1 / 3", await page.Locator("#place").TextContentAsync());
        Assert.True(await page.EvaluateAsync<bool>("document.getElementById('photo').naturalWidth === 60"));
        Assert.True(await ColoursAsync(page, "mask") >= 2);
        Assert.Equal("0.55", await page.Locator("#mask").EvaluateAsync<string>("canvas => canvas.style.opacity"));
        Assert.All(_requests, request => Assert.StartsWith(_viewer!.Address.AbsoluteUri, request));
        Assert.Empty(_complaints);
        await KeepAsync(page, "overlay");
    }

    [Fact]
    public async Task Threshold_slider_segments_live_and_opacity_asks_nobody()
    {
        IPage page = await OpenAsync();
        await ShownAsync(page);
        Assert.Equal("2", await page.Locator("#count").TextContentAsync());

        await SlideAsync(page, "threshold", "-2");
        await Assertions.Expect(page.Locator("#list li")).ToHaveCountAsync(16);
        Assert.Equal("0.25", await page.Locator("#threshold-value").TextContentAsync());
        Assert.Equal(16, await ColoursAsync(page, "mask"));

        int before = _requests.Count;
        await SlideAsync(page, "opacity", "20");
        Assert.Equal("0.2", await page.Locator("#mask").EvaluateAsync<string>("canvas => canvas.style.opacity"));
        Assert.Equal(before, _requests.Count);

        await page.Keyboard.PressAsync("0");
        await Assertions.Expect(page.Locator("#count")).ToHaveTextAsync("2");
        Assert.Single(_encoder.Seen, name => name == "a.png");
    }

    [Fact]
    public async Task Dragging_shows_what_was_wanted_last()
    {
        IPage page = await OpenAsync();
        await ShownAsync(page);

        for (int i = -200; i <= 200; i += 8)
        {
            await SlideAsync(page, "threshold", $"{i / 100.0:F2}");
        }

        await SlideAsync(page, "threshold", "-1.5");
        await Assertions.Expect(page.Locator("#list li")).ToHaveCountAsync(16);
        Assert.Equal("0.35", await page.Locator("#threshold-value").TextContentAsync());
        Assert.Empty(_complaints);
    }

    [Fact]
    public async Task Click_shows_the_attention_of_the_spot_and_its_segment()
    {
        IPage page = await OpenAsync();
        await ShownAsync(page);
        await SlideAsync(page, "threshold", "-2");
        await Assertions.Expect(page.Locator("#list li")).ToHaveCountAsync(16);

        await ClickAsync(page, 0.1, 0.1);
        await Assertions.Expect(page.Locator("#spots i")).ToBeVisibleAsync();
        Assert.True(await ColoursAsync(page, "heat") > 3);
        Assert.Equal("0", await page.Locator("#mask").EvaluateAsync<string>("canvas => canvas.style.opacity"));
        Assert.Contains("6, 4: a segment of", await page.Locator("#point-text").TextContentAsync());
        await KeepAsync(page, "attention");

        await page.Keyboard.PressAsync("a");
        Assert.Equal(2, await ColoursAsync(page, "heat"));
        await KeepAsync(page, "segment");

        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("#spots i")).ToHaveCountAsync(0);
        Assert.Equal("0.55", await page.Locator("#mask").EvaluateAsync<string>("canvas => canvas.style.opacity"));
        Assert.Empty(_complaints);
    }

    [Fact]
    public async Task Clicks_with_keys_add_to_the_segment_and_leave_out()
    {
        IPage page = await OpenAsync();
        await ShownAsync(page);
        await ClickAsync(page, 0.9, 0.9, "Alt");
        await ClickAsync(page, 0.1, 0.1);
        await Assertions.Expect(page.Locator("#point-text")).ToContainTextAsync("6, 4: a segment of");
        await page.Keyboard.PressAsync("a");
        int[] one = await SegmentAsync(page);

        await ClickAsync(page, 0.9, 0.9, "Shift");
        await Assertions.Expect(page.Locator("#point-text")).ToContainTextAsync("2 spots: a segment of");
        int[] two = await SegmentAsync(page);
        await ClickAsync(page, 0.4, 0.1, "Alt");
        await Assertions.Expect(page.Locator("#point-text")).ToContainTextAsync("3 spots: a segment of");
        int[] less = await SegmentAsync(page);

        // Of the four corners' fields: upper left, the one right of it, lower right.
        Assert.Equal([1, 0], [one[0], one[2]]);
        Assert.Equal([1, 1], [two[0], two[2]]);
        Assert.Equal([1, 0, 1], less);
        await Assertions.Expect(page.Locator("#spots i.out")).ToHaveCountAsync(1);
        await KeepAsync(page, "spots");

        // The same pixel again, now as one that belongs to it; the last that the segment grows from stays.
        await ClickAsync(page, 0.4, 0.1, "Shift");
        await Assertions.Expect(page.Locator("#spots i.out")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("#spots i")).ToHaveCountAsync(3);
        await ClickAsync(page, 0.1, 0.1);
        await Assertions.Expect(page.Locator("#spots i")).ToHaveCountAsync(1);
        int before = _requests.Count;
        await ClickAsync(page, 0.1, 0.1, "Alt");
        Assert.Equal(before, _requests.Count);

        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("#spots i")).ToHaveCountAsync(0);
        await ClickAsync(page, 0.9, 0.9, "Shift");
        await Assertions.Expect(page.Locator("#point-text")).ToContainTextAsync("54, 36: a segment of");
        Assert.Empty(_complaints);
    }

    [Fact]
    public async Task Cropped_picture_has_its_mask_in_the_middle_and_nothing_beside_it()
    {
        _encoder.Crop = true;
        IPage page = await OpenAsync();
        await ShownAsync(page);
        Assert.StartsWith("16.66", await page.Locator("#mask").EvaluateAsync<string>("canvas => canvas.style.left"));

        await ClickAsync(page, 0.02, 0.5);
        await ClickAsync(page, 0.5, 0.5);

        await Assertions.Expect(page.Locator("#spots i")).ToBeVisibleAsync();
        Assert.Single(_requests, request => request.Contains("/point?", StringComparison.Ordinal));
        await Assertions.Expect(page.Locator("#problem")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Keys_go_through_the_pictures_and_the_modes()
    {
        IPage page = await OpenAsync();
        await ShownAsync(page);

        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(page.Locator("#place")).ToHaveTextAsync("2 / 3");
        await page.Keyboard.PressAsync("End");
        await Assertions.Expect(page.Locator("#place")).ToHaveTextAsync("3 / 3");
        await Assertions.Expect(page.Locator("#next")).ToBeDisabledAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("Home");
        await ShownAsync(page);
        Assert.Equal("1 / 3", await page.Locator("#place").TextContentAsync());

        foreach ((string key, string opacity) in new[] { ("1", "0"), ("3", "1"), ("2", "0.55"), ("+", "0.6"), ("-", "0.55") })
        {
            await page.Keyboard.PressAsync(key);
            Assert.Equal(opacity, await page.Locator("#mask").EvaluateAsync<string>("canvas => canvas.style.opacity"));
        }

        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.Locator("#help")).ToBeVisibleAsync();
        await KeepAsync(page, "help");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("#help")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Slider_that_was_dragged_gives_the_arrow_keys_back()
    {
        IPage page = await OpenAsync();
        await ShownAsync(page);
        LocatorBoundingBoxResult box = (await page.Locator("#threshold").BoundingBoxAsync())!;
        await page.Mouse.ClickAsync(box.X + (box.Width / 4), box.Y + (box.Height / 2));
        await Assertions.Expect(page.Locator("#threshold")).Not.ToBeFocusedAsync();
        string threshold = (await page.Locator("#threshold-value").TextContentAsync())!;

        await page.Keyboard.PressAsync("ArrowRight");

        await Assertions.Expect(page.Locator("#place")).ToHaveTextAsync("2 / 3");
        Assert.Equal(threshold, await page.Locator("#threshold-value").TextContentAsync());
    }

    [Fact]
    public async Task Broken_picture_is_told_and_the_next_one_is_shown()
    {
        _folder.Write("photos/b.png", "a text"u8);
        IPage page = await OpenAsync();
        await ShownAsync(page);

        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(page.Locator("#problem")).ToContainTextAsync("b.png: is a text, not a picture");
        await KeepAsync(page, "problem");
        await page.Keyboard.PressAsync("ArrowRight");

        await ShownAsync(page);
        await Assertions.Expect(page.Locator("#problem")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Viewer_that_has_ended_is_told()
    {
        IPage page = await OpenAsync();
        await ShownAsync(page);
        await _viewer!.EndAsync();

        await page.Keyboard.PressAsync("]");

        await Assertions.Expect(page.Locator("#problem")).ToContainTextAsync("Has 'diffseg view' ended?");
    }

    [Fact]
    public async Task Picture_lies_as_it_is_stored_whatever_its_orientation_says()
    {
        ExifJpeg.SaveTurned(TestPicture.SaveFields(_folder["photos/a.jpg"], 120, 80), _folder["photos/0.jpg"]);
        IPage page = await OpenAsync();
        await ShownAsync(page);
        await page.Keyboard.PressAsync("1");

        byte[] png = await page.Locator("#frame").ScreenshotAsync();

        using var stream = new MemoryStream(png);
        using var shot = MLImage.CreateFromStream(stream);
        Assert.InRange((double)shot.Width / shot.Height, 1.4, 1.6);
        (int red, int blue) = shot.PixelFormat == MLPixelFormat.Rgba32 ? (0, 2) : (2, 0);
        int corner = 4 * ((shot.Height / 4 * shot.Width) + (shot.Width / 4));
        Assert.True(shot.Pixels[corner + red] > 180 && shot.Pixels[corner + blue] < 90);
    }

    [Fact]
    public async Task Stored_mask_is_shown_in_place_of_the_live_one()
    {
        using (var mask = new MemoryStream())
        {
            DiffSeg.Pictures.LabelPng.Write(mask, (ushort[])[0, 1, 2, 3, 4, 5], 2, 3);
            _folder.Write("photos/a.mask.png", mask.ToArray());
        }

        IPage page = await OpenAsync();
        await ShownAsync(page);

        await page.Keyboard.PressAsync("s");
        await Assertions.Expect(page.Locator("#count")).ToHaveTextAsync("6");
        await Assertions.Expect(page.Locator("#facts")).ToContainTextAsync("Stored mask, 3 x 2");
        await page.Keyboard.PressAsync("s");
        await Assertions.Expect(page.Locator("#count")).ToHaveTextAsync("2");
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(page.Locator("#sources")).ToBeHiddenAsync();
    }

    [Theory]
    [InlineData(1280, 800, ColorScheme.Dark)]
    [InlineData(700, 900, ColorScheme.Light)]
    [InlineData(700, 900, ColorScheme.Dark)]
    [InlineData(360, 740, ColorScheme.Light)]
    public async Task Page_fits_small_and_large_windows(int width, int height, ColorScheme scheme)
    {
        IPage page = await OpenAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = width, Height = height }, ColorScheme = scheme });
        await ShownAsync(page);

        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        LocatorBoundingBoxResult frame = (await page.Locator("#frame").BoundingBoxAsync())!;
        Assert.True(frame.Width > 0.55 * Math.Min(width, 700) && frame.X >= 0 && frame.X + frame.Width <= width);
        Assert.Empty(_complaints);
        await KeepAsync(page, $"{width}-{scheme}");
    }

    private async Task<IPage> OpenAsync(BrowserNewPageOptions? options = null)
    {
        IPage page = await browser.OpenAsync(options);
        foreach (string name in new[] { "a.png", "b.png", "c.png" })
        {
            if (!File.Exists(_folder[$"photos/{name}"]))
            {
                TestPicture.SaveFields(_folder[$"photos/{name}"], 60, 40);
            }
        }

        _viewer = await RunningViewer.StartAsync(_folder.Path, _encoder, "photos", "--kl-threshold", "1");
        page.Request += (_, request) => _requests.Enqueue(request.Url);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                _complaints.Enqueue(message.Text);
            }
        };
        page.PageError += (_, problem) => _complaints.Enqueue(problem);
        await page.GotoAsync(_viewer.Address.AbsoluteUri);
        return page;
    }

    private static async Task ShownAsync(IPage page)
    {
        await Assertions.Expect(page.Locator("#frame")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#list li").First).ToBeVisibleAsync();
    }

    private static Task SlideAsync(IPage page, string slider, string value) =>
        page.Locator($"#{slider}").EvaluateAsync("(slider, value) => { slider.value = value; slider.dispatchEvent(new Event('input', { bubbles: true })); }", value);

    private static async Task ClickAsync(IPage page, double across, double down, string? key = null)
    {
        LocatorBoundingBoxResult box = (await page.Locator("#frame").BoundingBoxAsync())!;
        if (key is not null)
        {
            await page.Keyboard.DownAsync(key);
        }

        await page.Mouse.ClickAsync((float)(box.X + (across * box.Width) + 1), (float)(box.Y + (down * box.Height) + 1));
        if (key is not null)
        {
            await page.Keyboard.UpAsync(key);
        }
    }

    // Whether the segment has the upper left corner, a spot right of it and the lower right corner: the veil is over the rest.
    private static Task<int[]> SegmentAsync(IPage page) => page.Locator("#heat").EvaluateAsync<int[]>(
        """
        canvas => [[0.1, 0.1], [0.4, 0.1], [0.9, 0.9]].map(([across, down]) =>
          canvas.getContext('2d').getImageData(across * canvas.width, down * canvas.height, 1, 1).data[3] === 0 ? 1 : 0)
        """);

    private static Task<int> ColoursAsync(IPage page, string canvas) => page.Locator($"#{canvas}").EvaluateAsync<int>(
        "canvas => new Set(new Uint32Array(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size");

    // For people to look at: DIFFSEG_SCREENSHOTS names a folder.
    private static async Task KeepAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("DIFFSEG_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}.png") });
        }
    }
}
