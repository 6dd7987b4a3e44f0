using System.CommandLine;
using DiffSeg.Cli.Logging;
using DiffSeg.Cli.Serving;

namespace DiffSeg.Cli.CommandLine;

/// <summary>The command "serve".</summary>
internal sealed class ServeCommand
{
    private readonly ServiceOptions _service = new();
    private readonly ModelOptions _model = new();
    private readonly MaskOptions _mask = new();
    private readonly Option<LogForm?> _log = LogOption.Create();

    /// <summary>Makes the command.</summary>
    /// <param name="run">Carries it out and returns the exit code.</param>
    public ServeCommand(Func<ServeRequest, CancellationToken, Task<int>> run)
    {
        _service.AddTo(Command);
        _model.AddTo(Command);
        _mask.AddTo(Command, withSize: false);
        Command.Options.Add(_log);
        Command.SetAction((result, cancellation) => run(Read(result), cancellation));
    }

    /// <summary>What stands at the end of its help.</summary>
    public static string Lesson => """
        Examples:
          diffseg serve                                  on this machine only, port 5180
          diffseg serve -m sam2-hiera-tiny --queue 100   with a pulled model and a longer queue
          diffseg serve --host 0.0.0.0 --port 8080       for a container or a network that you trust

          curl --data-binary @cat.jpg -H 'Content-Type: image/jpeg' localhost:5180/segment -o cat.mask.png
          curl --data-binary @cat.jpg -H 'Content-Type: image/jpeg' -H 'Accept: application/json' localhost:5180/segment
          curl --data-binary @cat.jpg -H 'Content-Type: image/jpeg' 'localhost:5180/segment/overlay?kl-threshold=0.8' -o cat.png

        What it answers:
          POST /segment            the mask: a PNG whose pixel values are labels, or a COCO file where JSON is accepted
          POST /segment/overlay    a PNG of the mask over the picture
                                   both take ?kl-threshold=NUMBER, ?min-region=SHARE, ?regions=true|false
          GET  /health/live        200, or 503 when pictures fail in a row through no fault of their own, or all workers
                                   hang for five times --timeout: start it anew
          GET  /health/ready       the same, and 503 while it shuts down: send requests elsewhere
          GET  /metrics            for Prometheus

        Problems are told in JSON (RFC 9457): 400 no whole picture, 406 no such answer, 408 too slow an upload, 413 too
        large, 415 no picture, 422 cannot be segmented, 429 the queue is full, 503 out of time or shutting down (both
        with Retry-After). Ctrl+C or SIGTERM ends it: no new requests, and those under way are answered.

        Exit codes:
          0  ended, all requests under way were answered      2  not started: wrong argument, unusable model, taken port
          1  ended after --grace without those that were still under way, a run of the model that hangs among them
        """;

    /// <summary>The command.</summary>
    public Command Command { get; } = new("serve", "Segment pictures for other programs: a small HTTP service.");

    private ServeRequest Read(ParseResult result) =>
        new(_model.Read(result), _mask.Read(result), _service.Read(result), result.GetValue(_log));
}
