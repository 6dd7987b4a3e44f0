using System.Collections.Concurrent;
using DiffSeg.Cli.Tests.Support;
using Microsoft.Playwright;

namespace DiffSeg.Cli.Tests.Viewing;

/// <summary>The viewer over three pictures in a folder of its own, and its page in a real browser.</summary>
internal sealed class ViewedPage(PageFixture browser) : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _requests = [];
    private readonly ConcurrentQueue<string> _complaints = [];
    private RunningViewer? _viewer;

    public TestFolder Folder { get; } = new();

    public FakeEncoder Encoder { get; } = new();

    public RunningViewer Viewer => _viewer!;

    /// <summary>What the page asked for.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    /// <summary>Errors on the browser's console.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    public async ValueTask DisposeAsync()
    {
        if (_viewer is not null)
        {
            await _viewer.DisposeAsync();
        }

        Folder.Dispose();
    }

    /// <summary>Opens it.</summary>
    public async Task<IPage> OpenAsync(BrowserNewPageOptions? options = null)
    {
        IPage page = await browser.OpenAsync(options);
        foreach (string name in new[] { "a.png", "b.png", "c.png" })
        {
            if (!File.Exists(Folder[$"photos/{name}"]))
            {
                TestPicture.SaveFields(Folder[$"photos/{name}"], 60, 40);
            }
        }

        _viewer = await RunningViewer.StartAsync(Folder.Path, Encoder, "photos", "--kl-threshold", "1");
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

    /// <summary>Waits until the picture and its segments are shown.</summary>
    public static async Task ShownAsync(IPage page)
    {
        await Assertions.Expect(page.Locator("#frame")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#list li").First).ToBeVisibleAsync();
    }

    /// <summary>Moves a slider.</summary>
    public static Task SlideAsync(IPage page, string slider, string value) =>
        page.Locator($"#{slider}").EvaluateAsync("(slider, value) => { slider.value = value; slider.dispatchEvent(new Event('input', { bubbles: true })); }", value);

    /// <summary>How many colours a canvas has.</summary>
    public static Task<int> ColoursAsync(IPage page, string canvas) => page.Locator($"#{canvas}").EvaluateAsync<int>(
        "canvas => new Set(new Uint32Array(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size");

    /// <summary>Keeps a picture for people to look at: DIFFSEG_SCREENSHOTS names a folder.</summary>
    public static async Task KeepAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("DIFFSEG_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}.png") });
        }
    }
}
