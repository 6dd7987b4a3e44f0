using DiffSeg.Cli.Batching;
using DiffSeg.Cli.Benchmarking;
using DiffSeg.Cli.Benchmarking.Results;
using DiffSeg.Cli.Doctor;
using DiffSeg.Cli.Evaluating;
using DiffSeg.Cli.Evaluating.Asking;
using DiffSeg.Cli.Inputs;
using DiffSeg.Cli.Output;
using DiffSeg.Cli.Reporting;
using DiffSeg.Cli.Segmenting;
using DiffSeg.Cli.Serving;
using DiffSeg.Cli.Terminal;
using DiffSeg.Cli.Viewing;
using DiffSeg.Cli.Viewing.Encoded;
using DiffSeg.Onnx;

namespace DiffSeg.Cli;

/// <summary>Carries out the commands. Nothing here or below looks at the process's own console, folder or clock.</summary>
/// <param name="console">Where to write.</param>
/// <param name="workingDirectory">What relative paths start from.</param>
/// <param name="clock">What times are measured with.</param>
/// <param name="surroundings">The machine; null for this one.</param>
/// <param name="makeSegmenter">Opens a model; null for the ML.NET chain.</param>
/// <param name="makeEncoder">Opens a model for the viewer; null for ML.NET's steps.</param>
internal sealed class Tool(
    ToolConsole console,
    string workingDirectory,
    TimeProvider clock,
    Surroundings? surroundings = null,
    Func<AttentionModel, SegmentRequest, IImageSegmenter>? makeSegmenter = null,
    Func<AttentionModel, ViewRequest, IPictureEncoder>? makeEncoder = null)
{
    private readonly Func<AttentionModel, SegmentRequest, IImageSegmenter> _makeSegmenter =
        makeSegmenter ?? ((model, request) =>
            request.Points.Count > 0 ? new PointImageSegmenter(model, request) : new ChainSegmenter(model, request));

    private readonly Surroundings _surroundings = surroundings ?? new Surroundings();

    /// <summary>Carries out the commands of "diffseg model".</summary>
    public ModelTool Models { get; } = new(console, workingDirectory, clock, surroundings ?? new Surroundings());

    /// <summary>Carries out the commands of "diffseg batch".</summary>
    public BatchTool Batches => new(console, workingDirectory, clock, _surroundings, Models.Source, _makeSegmenter);

    /// <summary>"diffseg segment".</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="cancellationToken">Stops after the current picture.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="SetupException">The run cannot begin.</exception>
    public int Segment(SegmentRequest request, CancellationToken cancellationToken)
    {
        // The cheap checks first, and the folder last: a run that cannot begin leaves no empty folder.
        IReadOnlyList<InputImage> images = new ImageFinder(workingDirectory).Find(request.Input.Inputs, request.Input.Recursive);
        AttentionModel model = Models.Source.Load(request.Model.Model);
        if (request.Points.Count == 0)
        {
            ModelFit.Check(request.Mask, model);
        }

        using IImageSegmenter segmenter = _makeSegmenter(model, request);
        OutputFolder folder = OutputFolder.Open(request.Output.Folder, workingDirectory);
        using var files = new ResultFiles(folder, images, request.Output);

        RunResult result = Reporter(request.Output.Quiet).Watch(
            images.Count,
            progress => new SegmentRun(segmenter, files, progress, clock).Execute(images, cancellationToken));
        RunSummary.Write(console, result, folder, request.Output);
        return result.Code;
    }

    /// <summary>"diffseg view".</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="SetupException">It cannot begin.</exception>
    public Task<int> View(ViewRequest request, CancellationToken cancellationToken) =>
        new Viewer(console, workingDirectory, Models.Source, _surroundings.OpenBrowser, makeEncoder ?? ((model, asked) => new ModelEncoder(model, asked)))
            .RunAsync(request, cancellationToken);

    /// <summary>"diffseg serve".</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The exit code.</returns>
    public Task<int> Serve(ServeRequest request, CancellationToken cancellationToken) =>
        new SegmentationService(console, Models.Source, _surroundings).RunAsync(request, cancellationToken);

    /// <summary>"diffseg doctor".</summary>
    /// <returns>The exit code.</returns>
    public int Examine() => new Examination(console.Output, _surroundings).Run() ? ExitCode.Done : ExitCode.Setup;

    /// <summary>"diffseg bench".</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="SetupException">It cannot begin.</exception>
    public int Bench(BenchRequest request, CancellationToken cancellationToken)
    {
        string? json = request.Json is { } given ? OutputFile.PathOf("--json", given, workingDirectory) : null;
        var inputs = new BenchInputs(request, workingDirectory, Models.Source, _surroundings.Cache);
        IReadOnlyList<BenchResult> results = new Bench(console, request).Run(inputs.All(), cancellationToken);
        if (json is not null)
        {
            using var file = new AtomicFile(json);
            using (FileStream stream = file.Create())
            {
                BenchJson.Write(stream, results);
            }

            file.Commit();
        }

        return ExitCode.Done;
    }

    /// <summary>"diffseg eval".</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="cancellationToken">Stops after the current image.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="SetupException">It cannot begin.</exception>
    public int Evaluate(EvalRequest request, CancellationToken cancellationToken) =>
        Evaluator().Run(request, Reporter(request.Quiet), cancellationToken);

    /// <summary>"diffseg eval merge".</summary>
    /// <param name="request">What was asked.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="SetupException">The parts do not belong together, or some are missing.</exception>
    public int MergeEvaluations(MergeRequest request) => Evaluator().Merge(request);

    private Evaluator Evaluator() => new(console, workingDirectory, clock, Models.Source);

    // A bar would be in the way of lines that a person reads on the same terminal, and lines are what files want.
    private IRunReporter Reporter(bool quiet) =>
        console.ErrorIsTerminal && console.OutputIsTerminal && !quiet
            ? new LiveReporter(console.Error)
            : new LineReporter(console, quiet);
}
