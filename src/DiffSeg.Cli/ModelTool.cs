using DiffSeg.Cli.Building;
using DiffSeg.Cli.CommandLine;
using DiffSeg.Cli.Models;
using DiffSeg.Cli.Pulling;
using DiffSeg.Cli.Reporting;
using DiffSeg.Cli.Terminal;
using DiffSeg.Cli.Verifying;
using DiffSeg.Onnx;
using Microsoft.ML.Transforms.Image;
using Spectre.Console;

namespace DiffSeg.Cli;

/// <summary>Carries out the commands of "diffseg model".</summary>
/// <param name="console">Where to write.</param>
/// <param name="workingDirectory">What relative paths start from.</param>
/// <param name="clock">What times are measured with.</param>
/// <param name="surroundings">The machine.</param>
internal sealed class ModelTool(ToolConsole console, string workingDirectory, TimeProvider clock, Surroundings surroundings)
{
    /// <summary>Finds the models that users name.</summary>
    public ModelSource Source { get; } = new(workingDirectory, surroundings.Catalogue, surroundings.Cache);

    /// <summary>"diffseg model info".</summary>
    /// <param name="given">The model as given.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="SetupException">There is no such model, or it is not whole.</exception>
    public int Info(string given)
    {
        AttentionModel model = Source.Load(given);
        try
        {
            ModelTable.Write(console.Output, model, model.FindDataFiles());
            return ExitCode.Done;
        }
        catch (IOException problem)
        {
            throw new SetupException(problem.Message, problem);
        }
    }

    /// <summary>"diffseg model list".</summary>
    /// <returns>The exit code.</returns>
    public int List()
    {
        ModelList.Write(console.Output, surroundings.Catalogue, surroundings.Cache);
        return ExitCode.Done;
    }

    /// <summary>"diffseg model pull".</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="SetupException">It cannot begin.</exception>
    public async Task<int> PullAsync(PullRequest request, CancellationToken cancellationToken)
    {
        CatalogueEntry entry = PullRules.Check(request, surroundings.Catalogue);
        HubSettings hub = HubSettings.From(request.Mirror, request.Token, request.Offline, surroundings.Variable);
        var puller = new ModelPuller(entry, request, hub, surroundings, clock);
        if (puller.Found is { } found)
        {
            console.Output.WriteLine($"'{entry.Name}' is here already: {found.Path}");
            return ExitCode.Done;
        }

        LicenceQuestion.Ask(console, entry, request.AcceptLicence);
        PullReport.Announce(console.Output, entry, surroundings.Cache, hub);
        try
        {
            AttentionModelReport? report = await Reporter().WatchAsync(progress => puller.PullAsync(progress, cancellationToken)).ConfigureAwait(false);
            PullReport.Write(console.Output, entry, report, surroundings.Cache);
            return ExitCode.Done;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            foreach (string line in problem.Message.Split(Environment.NewLine))
            {
                console.WriteError(line);
            }

            return ExitCode.SomeFailed;
        }
    }

    /// <summary>"diffseg model build".</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="SetupException">It cannot be built; nothing is written.</exception>
    public async Task<int> BuildAsync(BuildRequest request, CancellationToken cancellationToken)
    {
        string output = BuildRules.OutputPath(request.Output, workingDirectory);
        string folder = Path.GetFullPath(request.Folder, workingDirectory);
        AttentionModelOptions options = request.Options with
        {
            PromptEmbedding = Full(request.Options.PromptEmbedding),
            VaeEncoder = Full(request.Options.VaeEncoder),
            TextEncoder = Full(request.Options.TextEncoder),
        };
        try
        {
            AttentionModelReport report = await Reporter().WatchAsync(progress => Task.Run(
                () =>
                {
                    var stages = new BuildStages(progress);
                    AttentionModelReport built = surroundings.Builder.FromExport(folder, output, options, stages, cancellationToken);
                    stages.Complete();
                    return built;
                },
                CancellationToken.None)).ConfigureAwait(false);
            BuildReport.Write(console.Output, report);
            string merged = report.Model.FirstMerge is { } merge ? $" --anchors {merge.AnchorsPerSide} --fit crop" : "";
            console.Output.WriteLine($"Use it with: diffseg segment PHOTOS --model {request.Output}{merged}");
            return ExitCode.Done;
        }
        catch (ArgumentException problem) when (problem.ParamName == nameof(DiffSegOptions.AnchorsPerSide))
        {
            throw new SetupException($"--anchors {options.FirstMerge.AnchorsPerSide} is more than the model's attention has positions per side; give fewer.", problem);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new SetupException(problem.Message, problem);
        }
    }

    /// <summary>"diffseg model verify".</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="cancellationToken">Stops it between two stages.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="SetupException">There is no such model or picture, or the model cannot be run.</exception>
    public int Verify(VerifyRequest request, CancellationToken cancellationToken)
    {
        AttentionModel model = Source.Load(request.Model);
        float[] pixels = request.Photo is { } photo
            ? TestPhoto.Read(Path.GetFullPath(photo, workingDirectory), photo, model, ImageResizingEstimator.ResizingKind.IsoPad, "--photo")
            : TestPhoto.Draw(model);
        var verification = new Verification(model, request.Gpu, clock);
        bool good = verification.Run(pixels, cancellationToken);
        VerificationReport.Write(console.Output, model, verification, good);
        return good ? ExitCode.Done : ExitCode.SomeFailed;
    }

    private string? Full(string? given) => given is null ? null : Path.GetFullPath(given, workingDirectory);

    private IWorkReporter Reporter() =>
        console.ErrorIsTerminal && console.OutputIsTerminal ? new WorkBars(console.Error) : new WorkLines(console, clock);
}
