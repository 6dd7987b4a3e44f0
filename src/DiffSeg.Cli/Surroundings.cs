using DiffSeg.Cli.Batching.Guarding;
using DiffSeg.Cli.Building;
using DiffSeg.Cli.Models;
using DiffSeg.Cli.Pulling;
using DiffSeg.Cli.Viewing;

namespace DiffSeg.Cli;

/// <summary>What the commands need of the machine besides console, folder and clock; tests bring their own.</summary>
internal sealed record Surroundings
{
    /// <summary>Values of environment variables; null for one that is not set.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>The models that can be pulled.</summary>
    public ModelCatalogue Catalogue { get; init; } = ModelCatalogue.Default;

    /// <summary>Sends requests; must not follow redirects.</summary>
    public Func<HttpMessageHandler> CreateHandler { get; init; } = HubClient.CreateHandler;

    /// <summary>Bytes that may still be written beneath a folder.</summary>
    public Func<string, long> FreeSpace { get; init; } = DiskSpace.FreeIn;

    /// <summary>The npm client.</summary>
    public INpmClient Npm { get; init; } = new NpmClient();

    /// <summary>Builds attention models.</summary>
    public IModelBuilder Builder { get; init; } = new ModelBuilder();

    /// <summary>Opens an address in the user's browser, where there is one.</summary>
    public Action<Uri> OpenBrowser { get; init; } = Browser.Open;

    /// <summary>Tells which signal stopped the process; null where nobody listens.</summary>
    public IStopNotice? Stop { get; init; }

    /// <summary>Opens standard input.</summary>
    public Func<Stream> OpenInput { get; init; } = Console.OpenStandardInput;

    /// <summary>Whether a process of its own survives an image.</summary>
    public Func<string, CancellationToken, bool> SurvivesImage { get; init; } = Trial.Survives;

    /// <summary>Ends the process at once, with an exit code.</summary>
    public Action<int> EndProcess { get; init; } = ProcessEnd.At;

    /// <summary>Where pulled models are kept.</summary>
    public ModelCache Cache => ModelCache.Of(Variable);
}
