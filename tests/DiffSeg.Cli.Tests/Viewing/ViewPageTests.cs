using DiffSeg.Cli.Tests.Support;
using Microsoft.ML.Data;
using Microsoft.Playwright;

namespace DiffSeg.Cli.Tests.Viewing;

/// <summary>The viewer's page in a real browser.</summary>
[Collection(PageFixture.Name)]
public sealed class ViewPageTests(PageFixture browser) : IAsyncDisposable
{
    private readonly ViewedPage _page = new(browser);

    public ValueTask DisposeAsync() => _page.DisposeAsync();

    [Fact]
    public async Task Picture_lies_under_its_mask_and_everything_comes_from_the_viewer()
    {
        IPage page = await _page.OpenAsync();

        await ViewedPage.ShownAsync(page);

        Assert.Equal("a.png - diffseg view", (await page.TitleAsync()).Replace("photos/", ""));
        Assert.Equal("1 / 3", await page.Locator("#place").TextContentAsync());
        Assert.True(await page.EvaluateAsync<bool>("document.getElementById('photo').naturalWidth === 60"));
        Assert.True(await ViewedPage.ColoursAsync(page, "mask") >= 2);
        Assert.Equal("0.55", await page.Locator("#mask").EvaluateAsync<string>("canvas => canvas.style.opacity"));
        Assert.All(_page.Requests, request => Assert.StartsWith(_page.Viewer.Address.AbsoluteUri, request));
        Assert.Empty(_page.Complaints);
        await ViewedPage.KeepAsync(page, "overlay");
    }

    [Fact]
    public async Task Threshold_slider_segments_live_and_opacity_asks_nobody()
    {
        IPage page = await _page.OpenAsync();
        await ViewedPage.ShownAsync(page);
        Assert.Equal("2", await page.Locator("#count").TextContentAsync());

        await ViewedPage.SlideAsync(page, "threshold", "-2");
        await Assertions.Expect(page.Locator("#list li")).ToHaveCountAsync(16);
        Assert.Equal("0.25", await page.Locator("#threshold-value").TextContentAsync());
        Assert.Equal(16, await ViewedPage.ColoursAsync(page, "mask"));

        int before = _page.Requests.Count;
        await ViewedPage.SlideAsync(page, "opacity", "20");
        Assert.Equal("0.2", await page.Locator("#mask").EvaluateAsync<string>("canvas => canvas.style.opacity"));
        Assert.Equal(before, _page.Requests.Count);

        await page.Keyboard.PressAsync("0");
        await Assertions.Expect(page.Locator("#count")).ToHaveTextAsync("2");
        Assert.Single(_page.Encoder.Seen, name => name == "a.png");
    }

    [Fact]
    public async Task Dragging_shows_what_was_wanted_last()
    {
        IPage page = await _page.OpenAsync();
        await ViewedPage.ShownAsync(page);

        for (int i = -200; i <= 200; i += 8)
        {
            await ViewedPage.SlideAsync(page, "threshold", $"{i / 100.0:F2}");
        }

        await ViewedPage.SlideAsync(page, "threshold", "-1.5");
        await Assertions.Expect(page.Locator("#list li")).ToHaveCountAsync(16);
        Assert.Equal("0.35", await page.Locator("#threshold-value").TextContentAsync());
        Assert.Empty(_page.Complaints);
    }

    [Fact]
    public async Task Keys_go_through_the_pictures_and_the_modes()
    {
        IPage page = await _page.OpenAsync();
        await ViewedPage.ShownAsync(page);

        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(page.Locator("#place")).ToHaveTextAsync("2 / 3");
        await page.Keyboard.PressAsync("End");
        await Assertions.Expect(page.Locator("#place")).ToHaveTextAsync("3 / 3");
        await Assertions.Expect(page.Locator("#next")).ToBeDisabledAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("Home");
        await ViewedPage.ShownAsync(page);
        Assert.Equal("1 / 3", await page.Locator("#place").TextContentAsync());

        foreach ((string key, string opacity) in new[] { ("1", "0"), ("3", "1"), ("2", "0.55"), ("+", "0.6"), ("-", "0.55") })
        {
            await page.Keyboard.PressAsync(key);
            Assert.Equal(opacity, await page.Locator("#mask").EvaluateAsync<string>("canvas => canvas.style.opacity"));
        }

        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.Locator("#help")).ToBeVisibleAsync();
        await ViewedPage.KeepAsync(page, "help");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("#help")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Slider_that_was_dragged_gives_the_arrow_keys_back()
    {
        IPage page = await _page.OpenAsync();
        await ViewedPage.ShownAsync(page);
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
        _page.Folder.Write("photos/b.png", "a text"u8);
        IPage page = await _page.OpenAsync();
        await ViewedPage.ShownAsync(page);

        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(page.Locator("#problem")).ToContainTextAsync("b.png: is a text, not a picture");
        await ViewedPage.KeepAsync(page, "problem");
        await page.Keyboard.PressAsync("ArrowRight");

        await ViewedPage.ShownAsync(page);
        await Assertions.Expect(page.Locator("#problem")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Viewer_that_has_ended_is_told()
    {
        IPage page = await _page.OpenAsync();
        await ViewedPage.ShownAsync(page);
        await _page.Viewer.EndAsync();

        await page.Keyboard.PressAsync("]");

        await Assertions.Expect(page.Locator("#problem")).ToContainTextAsync("Has 'diffseg view' ended?");
    }

    [Fact]
    public async Task Picture_lies_as_it_is_stored_whatever_its_orientation_says()
    {
        ExifJpeg.SaveTurned(TestPicture.SaveFields(_page.Folder["photos/a.jpg"], 120, 80), _page.Folder["photos/0.jpg"]);
        IPage page = await _page.OpenAsync();
        await ViewedPage.ShownAsync(page);
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
            _page.Folder.Write("photos/a.mask.png", mask.ToArray());
        }

        IPage page = await _page.OpenAsync();
        await ViewedPage.ShownAsync(page);

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
        IPage page = await _page.OpenAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = width, Height = height }, ColorScheme = scheme });
        await ViewedPage.ShownAsync(page);

        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        LocatorBoundingBoxResult frame = (await page.Locator("#frame").BoundingBoxAsync())!;
        Assert.True(frame.Width > 0.55 * Math.Min(width, 700) && frame.X >= 0 && frame.X + frame.Width <= width);
        Assert.Empty(_page.Complaints);
        await ViewedPage.KeepAsync(page, $"{width}-{scheme}");
    }
}
