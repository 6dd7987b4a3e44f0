using System.CommandLine;
using DiffSeg.Cli.Segmenting;

namespace DiffSeg.Cli.CommandLine;

/// <summary>The command "segment".</summary>
internal sealed class SegmentCommand
{
    private readonly InputOptions _inputs = new();
    private readonly ModelOptions _model = new();
    private readonly MaskOptions _mask = new();
    private readonly PointPromptOptions _points = new();
    private readonly OutputOptions _output = new();

    /// <summary>Makes the command.</summary>
    /// <param name="run">Carries it out and returns the exit code.</param>
    public SegmentCommand(Func<SegmentRequest, CancellationToken, int> run)
    {
        _inputs.AddTo(Command);
        _output.AddTo(Command);
        _model.AddTo(Command);
        _mask.AddTo(Command);
        _points.AddTo(Command, _mask.All);
        Command.SetAction((result, cancellation) => Task.FromResult(run(Read(result), cancellation)));
    }

    /// <summary>What stands at the end of its help.</summary>
    public static string Lesson => """
        Examples:
          diffseg segment photos                          all pictures of a folder, results in ./masks
          diffseg segment cat.jpg dog.jpg -o out          two pictures, results in ./out
          diffseg segment "photos/**/*.jpg" --json        a pattern; all segments in one COCO file
          diffseg segment photos --contact-sheet          all overlays in small on one sheet besides
          diffseg segment photos --kl-threshold 0.9       more, smaller segments (1.2: fewer, larger ones)
          diffseg segment photos --regions --min-region 1%    every patch of 1% or more its own segment
          diffseg segment photos -m attention.onnx --gpu 0    an attention model of your own, on the first GPU
          diffseg segment cat.jpg --point 320,240         only what is under that pixel: 1 in the mask, 0 elsewhere
          diffseg segment cat.jpg --point 320,240 --background-point 40,50    without what is under the other one

        Results, for photos/cat.jpg:
          cat.mask.png      a label per pixel (0 is the largest segment): indexed colours, or 16-bit grey when
                            there are more than 256 segments
          cat.overlay.png   the mask painted over the picture
        Files appear whole or not at all. Masks lie on the picture as stored; EXIF rotation is not applied.

        Exit codes:
          0  all images done          2    nothing begun: wrong argument, no images, unusable model or folder
          1  some images skipped      130  stopped by Ctrl+C; what is written is whole
        """;

    /// <summary>The command.</summary>
    public Command Command { get; } = new(
        "segment",
        "Cut pictures into segments, without training, labels or text.");

    private SegmentRequest Read(ParseResult result) =>
        new(_inputs.Read(result), _model.Read(result), _mask.Read(result), _output.Read(result), _points.Read(result));
}
