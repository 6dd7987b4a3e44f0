using System.CommandLine;
using DiffSeg.Cli.Viewing;

namespace DiffSeg.Cli.CommandLine;

/// <summary>The command "view".</summary>
internal sealed class ViewCommand
{
    private readonly InputOptions _inputs = new();
    private readonly ModelOptions _model = new();
    private readonly MaskOptions _mask = new();
    private readonly PageOptions _page = new();

    /// <summary>Makes the command.</summary>
    /// <param name="run">Carries it out and returns the exit code.</param>
    public ViewCommand(Func<ViewRequest, CancellationToken, Task<int>> run)
    {
        _inputs.AddTo(Command);
        _page.AddTo(Command);
        _model.AddTo(Command);
        _mask.AddTo(Command, withSize: false);
        Command.SetAction((result, cancellation) => run(Read(result), cancellation));
    }

    /// <summary>What stands at the end of its help.</summary>
    public static string Lesson => """
        Examples:
          diffseg view photos                       look through a folder; a browser opens
          diffseg view cat.jpg -m sam2-hiera-tiny   one picture, with a pulled model
          diffseg view photos --masks masks         compare with the masks of 'diffseg segment photos -o masks'
          diffseg view photos --port 8080 --no-browser    an address of your own; open it yourself

        The page: drag the threshold and the picture is segmented anew; click a spot for its attention and the segment
        that grows from it, Shift and click to add to that segment, Alt and click to leave something out; arrow keys go
        on, ? shows all keys. Masks are made at the size of a screen.
        Only this machine can reach the page (127.0.0.1). Ctrl+C ends it.

        Exit codes:
          0  ended by Ctrl+C      2  nothing was shown: wrong argument, no pictures, unusable model, taken port
        """;

    /// <summary>The command.</summary>
    public Command Command { get; } = new("view", "Look through pictures and their segments in a browser, with a live threshold.");

    private ViewRequest Read(ParseResult result) =>
        new(_inputs.Read(result), _model.Read(result), _mask.Read(result), _page.Read(result));
}
