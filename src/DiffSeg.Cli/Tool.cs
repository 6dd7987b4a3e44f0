using DiffSeg.Cli.CommandLine;
using DiffSeg.Cli.Doctor;
using DiffSeg.Cli.Inputs;
using DiffSeg.Cli.Models;
using DiffSeg.Cli.Output;
using DiffSeg.Cli.Reporting;
using DiffSeg.Cli.Segmenting;
using DiffSeg.Cli.Terminal;
using DiffSeg.Onnx;

namespace DiffSeg.Cli;

/// <summary>Carries out the commands. Nothing here or below looks at the process's own console, folder or clock.</summary>
/// <param name="console">Where to write.</param>
/// <param name="workingDirectory">What relative paths start from.</param>
/// <param name="clock">What times are measured with.</param>
/// <param name="makeSegmenter">Opens a model; null for the ML.NET chain.</param>
internal sealed class Tool(
    ToolConsole console,
    string workingDirectory,
    TimeProvider clock,
    Func<AttentionModel, SegmentRequest, IImageSegmenter>? makeSegmenter = null)
{
    private readonly Func<AttentionModel, SegmentRequest, IImageSegmenter> _makeSegmenter =
        makeSegmenter ?? ((model, request) => new ChainSegmenter(model, request));

    /// <summary>"diffseg segment".</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="cancellationToken">Stops after the current picture.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="SetupException">The run cannot begin.</exception>
    public int Segment(SegmentRequest request, CancellationToken cancellationToken)
    {
        // The cheap checks first, and the folder last: a run that cannot begin leaves no empty folder.
        IReadOnlyList<InputImage> images = new ImageFinder(workingDirectory).Find(request.Input.Inputs, request.Input.Recursive);
        AttentionModel model = ModelSource.Load(request.Model.Model, workingDirectory);
        ModelFit.Check(request.Mask, model);
        using IImageSegmenter segmenter = _makeSegmenter(model, request);
        OutputFolder folder = OutputFolder.Open(request.Output.Folder, workingDirectory);
        using var files = new ResultFiles(folder, images, request.Output);

        RunResult result = Reporter(request.Output).Watch(
            images.Count,
            progress => new SegmentRun(segmenter, files, progress, clock).Execute(images, cancellationToken));
        RunSummary.Write(console, result, folder, request.Output);
        return result.Code;
    }

    /// <summary>"diffseg model info".</summary>
    /// <param name="given">"demo" or a file.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="SetupException">There is no such model.</exception>
    public int ShowModel(string given)
    {
        ModelTable.Write(console.Output, ModelSource.Load(given, workingDirectory));
        return ExitCode.Done;
    }

    /// <summary>"diffseg doctor".</summary>
    /// <returns>The exit code.</returns>
    public int Examine() => new Examination(console.Output).Run() ? ExitCode.Done : ExitCode.Setup;

    // A bar would be in the way of lines that a person reads on the same terminal, and lines are what files want.
    private IRunReporter Reporter(OutputSettings output) =>
        console.ErrorIsTerminal && console.OutputIsTerminal && !output.Quiet
            ? new LiveReporter(console.Error)
            : new LineReporter(console, output.Quiet);
}
