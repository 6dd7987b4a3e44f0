using DiffSeg.Cli.CommandLine;
using DiffSeg.Cli.Hosting;
using DiffSeg.Cli.Inputs;
using DiffSeg.Cli.Reporting;
using DiffSeg.Cli.Segmenting;
using DiffSeg.Cli.Terminal;
using DiffSeg.Cli.Viewing.Encoded;
using DiffSeg.Cli.Viewing.Serving;
using DiffSeg.Onnx;
using Spectre.Console;

namespace DiffSeg.Cli.Viewing;

/// <summary>Carries out "diffseg view".</summary>
/// <param name="console">Where to write.</param>
/// <param name="workingDirectory">What relative paths start from.</param>
/// <param name="source">Finds the model.</param>
/// <param name="openBrowser">Opens an address in the user's browser, where there is one.</param>
/// <param name="makeEncoder">Opens a model.</param>
internal sealed class Viewer(
    ToolConsole console,
    string workingDirectory,
    ModelSource source,
    Action<Uri> openBrowser,
    Func<AttentionModel, ViewRequest, IPictureEncoder> makeEncoder)
{
    /// <summary>Shows the pictures until the user ends it.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="cancellationToken">The user's end.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="SetupException">It cannot begin.</exception>
    public async Task<int> RunAsync(ViewRequest request, CancellationToken cancellationToken)
    {
        IReadOnlyList<InputImage> images = new ImageFinder(workingDirectory).Find(request.Input.Inputs, request.Input.Recursive);
        var stored = new StoredMasks(images, MaskFolder(request.Page.Masks));
        AttentionModel model = source.Load(request.Model.Model);
        ModelFit.CheckAnchors(request.Mask, model);
        using IPictureEncoder encoder = makeEncoder(model, request);
        using var encoded = new EncodedPictures(encoder, [.. images.Select(image => image.Path)]);
        var album = new Album(images, encoded, stored, request.Model.Model, AlgorithmSettings.Of(request.Mask, request.Model, model));
        var answering = new Answering(album, console, cancellationToken);
        await using ViewServer server = await ViewServer.StartAsync(request.Page.Port, answering.AnswerAsync, cancellationToken).ConfigureAwait(false);

        console.Output.MarkupLineInterpolated($"{server.Address} shows {Plural.Of(images.Count, "picture")}. Ctrl+C ends it.");
        if (request.Page.OpenBrowser && console.OutputIsTerminal)
        {
            openBrowser(server.Address);
        }

        await ToolHost.UntilStoppedAsync(cancellationToken).ConfigureAwait(false);
        return ExitCode.Done;
    }

    private string? MaskFolder(string? given)
    {
        if (given is null)
        {
            return null;
        }

        string path = Path.GetFullPath(given, workingDirectory);
        return Directory.Exists(path)
            ? path
            : throw new SetupException(File.Exists(path)
                ? $"--masks '{given}' is a file; give the folder that 'diffseg segment' wrote masks into."
                : $"--masks '{given}' does not exist; give the folder that 'diffseg segment' wrote masks into.");
    }
}
