using Microsoft.Playwright;

namespace DiffSeg.Cli.Tests.Viewing;

/// <summary>Spots that are clicked on the viewer's page, in a real browser.</summary>
[Collection(PageFixture.Name)]
public sealed class ViewPageSpotTests(PageFixture browser) : IAsyncDisposable
{
    private readonly ViewedPage _page = new(browser);

    public ValueTask DisposeAsync() => _page.DisposeAsync();

    [Fact]
    public async Task Click_shows_the_attention_of_the_spot_and_its_segment()
    {
        IPage page = await _page.OpenAsync();
        await ViewedPage.ShownAsync(page);
        await ViewedPage.SlideAsync(page, "threshold", "-2");
        await Assertions.Expect(page.Locator("#list li")).ToHaveCountAsync(16);

        await ClickAsync(page, 0.1, 0.1);
        await Assertions.Expect(page.Locator("#spots i")).ToBeVisibleAsync();
        Assert.True(await ViewedPage.ColoursAsync(page, "heat") > 3);
        Assert.Equal("0", await page.Locator("#mask").EvaluateAsync<string>("canvas => canvas.style.opacity"));
        Assert.Contains("6, 4: a segment of", await page.Locator("#point-text").TextContentAsync());
        await ViewedPage.KeepAsync(page, "attention");

        await page.Keyboard.PressAsync("a");
        Assert.Equal(2, await ViewedPage.ColoursAsync(page, "heat"));
        await ViewedPage.KeepAsync(page, "segment");

        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("#spots i")).ToHaveCountAsync(0);
        Assert.Equal("0.55", await page.Locator("#mask").EvaluateAsync<string>("canvas => canvas.style.opacity"));
        Assert.Empty(_page.Complaints);
    }

    [Fact]
    public async Task Clicks_with_keys_add_to_the_segment_and_leave_out()
    {
        IPage page = await _page.OpenAsync();
        await ViewedPage.ShownAsync(page);
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
        await ViewedPage.KeepAsync(page, "spots");

        // The same pixel again, now as one that belongs to it; the last that the segment grows from stays.
        await ClickAsync(page, 0.4, 0.1, "Shift");
        await Assertions.Expect(page.Locator("#spots i.out")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("#spots i")).ToHaveCountAsync(3);
        await ClickAsync(page, 0.1, 0.1);
        await Assertions.Expect(page.Locator("#spots i")).ToHaveCountAsync(1);
        int before = _page.Requests.Count;
        await ClickAsync(page, 0.1, 0.1, "Alt");
        Assert.Equal(before, _page.Requests.Count);

        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("#spots i")).ToHaveCountAsync(0);
        await ClickAsync(page, 0.9, 0.9, "Shift");
        await Assertions.Expect(page.Locator("#point-text")).ToContainTextAsync("54, 36: a segment of");
        Assert.Empty(_page.Complaints);
    }

    [Fact]
    public async Task Cropped_picture_has_its_mask_in_the_middle_and_nothing_beside_it()
    {
        _page.Encoder.Crop = true;
        IPage page = await _page.OpenAsync();
        await ViewedPage.ShownAsync(page);
        Assert.StartsWith("16.66", await page.Locator("#mask").EvaluateAsync<string>("canvas => canvas.style.left"));

        await ClickAsync(page, 0.02, 0.5);
        await ClickAsync(page, 0.5, 0.5);

        await Assertions.Expect(page.Locator("#spots i")).ToBeVisibleAsync();
        Assert.Single(_page.Requests, request => request.Contains("/point?", StringComparison.Ordinal));
        await Assertions.Expect(page.Locator("#problem")).ToBeHiddenAsync();
    }

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
}
