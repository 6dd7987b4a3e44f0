using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.Playwright;

namespace DiffSeg.Cli.Tests.Viewing;

/// <summary>One headless Chromium for all tests of the page: that of the machine, never one that Playwright downloads.</summary>
[CollectionDefinition(Name)]
public sealed class PageFixture : IAsyncLifetime, ICollectionFixture<PageFixture>
{
    /// <summary>Name of the collection of these tests.</summary>
    public const string Name = "the viewer's page";

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    // A path in DIFFSEG_CHROMIUM, or a browser of one of these names on the path.
    private static string? Executable { get; } =
        Environment.GetEnvironmentVariable("DIFFSEG_CHROMIUM") is { Length: > 0 } given
            ? given
            : new[] { "chromium", "chromium-browser", "google-chrome" }
                .SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name)))
                .FirstOrDefault(File.Exists);

    public async ValueTask InitializeAsync()
    {
        if (Executable is null)
        {
            return;
        }

        // The driver runs from the package, uncopied: it weighs 130 MB.
        string package = typeof(PageFixture).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(fact => fact.Key == "Playwright").Value!;
        Environment.SetEnvironmentVariable("PLAYWRIGHT_DRIVER_SEARCH_PATH", package);
        Environment.SetEnvironmentVariable("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        MakeExecutable(package);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Executable,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
        });
    }

    /// <summary>A fresh page; the test is skipped, saying so, where there is no Chromium.</summary>
    public async Task<IPage> OpenAsync(BrowserNewPageOptions? options = null)
    {
        Assert.SkipWhen(_browser is null, "There is no Chromium here: none on the path, and DIFFSEG_CHROMIUM names none.");
        return await _browser.NewPageAsync(options ?? new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1280, Height = 800 } });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
        }

        _playwright?.Dispose();
    }

    // NuGet extracts files as nobody's programs on some systems.
    private static void MakeExecutable(string package)
    {
        if (OperatingSystem.IsLinux())
        {
            string node = Path.Combine(package, ".playwright", "node", RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64", "node");
            if (File.Exists(node))
            {
                File.SetUnixFileMode(node, File.GetUnixFileMode(node) | UnixFileMode.UserExecute);
            }
        }
    }
}
