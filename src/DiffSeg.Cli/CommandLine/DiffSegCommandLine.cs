using System.CommandLine;
using DiffSeg.Cli.Terminal;
using Spectre.Console;

namespace DiffSeg.Cli.CommandLine;

/// <summary>The whole command line.</summary>
internal sealed class DiffSegCommandLine
{
    /// <summary>What users type.</summary>
    public const string Name = "diffseg";

    private readonly RootCommand _root = new(
        "Zero-shot image segmentation: cuts any picture into segments, with no training and no text (DiffSeg, Tian et al., CVPR 2024).");

    private readonly ToolConsole _console;

    /// <summary>Makes it.</summary>
    /// <param name="tool">Carries the commands out.</param>
    /// <param name="console">The console.</param>
    public DiffSegCommandLine(Tool tool, ToolConsole console)
    {
        _console = console;
        var segment = new SegmentCommand(tool.Segment);
        var view = new ViewCommand(tool.View);
        var serve = new ServeCommand(tool.Serve);
        var model = new ModelCommand(tool.Models);
        var doctor = new DoctorCommand(tool.Examine);
        var bench = new BenchCommand(tool.Bench);
        var eval = new EvalCommand(tool.Evaluate, tool.MergeEvaluations);
        var batch = new BatchCommand(tool.Batches.Run, tool.Batches.Verify, tool.Batches.Merge);
        _root.Subcommands.Add(segment.Command);
        _root.Subcommands.Add(view.Command);
        _root.Subcommands.Add(serve.Command);
        _root.Subcommands.Add(batch.Command);
        _root.Subcommands.Add(model.Command);
        _root.Subcommands.Add(doctor.Command);
        _root.Subcommands.Add(bench.Command);
        _root.Subcommands.Add(eval.Command);
        var lessons = new Dictionary<Command, string>
        {
            [_root] = """
                First steps:
                  diffseg segment photos      segment every picture in the folder photos
                  diffseg segment --help      all settings, with examples
                  diffseg view photos         look through them in a browser, with a live threshold
                  diffseg batch --help        any number of pictures, on one machine or many
                  diffseg model list          better models than the built-in one, and how to get them
                  diffseg doctor              what works on this machine
                """,
            [segment.Command] = SegmentCommand.Lesson,
            [view.Command] = ViewCommand.Lesson,
            [serve.Command] = ServeCommand.Lesson,
            [doctor.Command] = DoctorCommand.Lesson,
            [bench.Command] = BenchCommand.Lesson,
            [eval.Command] = EvalCommand.Lesson,
            [eval.Merge.Command] = EvalMergeCommand.Lesson,
            [batch.Command] = BatchCommand.Lesson,
            [batch.Verify.Command] = BatchVerifyCommand.Lesson,
            [batch.Merge.Command] = BatchMergeCommand.Lesson,
        };
        foreach ((Command command, string lesson) in model.Lessons)
        {
            lessons.Add(command, lesson);
        }

        HelpWithExamples.AddTo(_root, lessons, Math.Clamp(console.Output.Profile.Width, 60, 110));
    }

    /// <summary>Carries out a command line.</summary>
    /// <param name="arguments">The arguments of the process.</param>
    /// <param name="cancellationToken">Stops the command.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        // Response files ("@file") would make a picture named @x.jpg impossible and are of no use here.
        ParseResult parsed = _root.Parse(arguments.Count > 0 ? arguments : ["--help"], new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action?.ClearsParseErrors != true && (parsed.Errors.Count > 0 || parsed.UnmatchedTokens.Count > 0))
        {
            return UsageErrors.Write(parsed, _console);
        }

        try
        {
            var configuration = new InvocationConfiguration
            {
                Output = _console.Output.Profile.Out.Writer,
                Error = _console.Error.Profile.Out.Writer,
                EnableDefaultExceptionHandler = false,

                // Signals are the program's own business (StopSignal): a picture may take longer than any timeout.
                ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(configuration, cancellationToken).ConfigureAwait(false);
        }
        catch (SetupException problem)
        {
            foreach (string line in problem.Message.Split(Environment.NewLine))
            {
                _console.WriteError(line);
            }

            return ExitCode.Setup;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Cancelled;
        }
        catch (Exception bug)
        {
            _console.WriteError("this is a bug in diffseg; please report it with the lines below.");
            _console.Error.WriteLine(bug.ToString());
            return ExitCode.Bug;
        }
    }
}
