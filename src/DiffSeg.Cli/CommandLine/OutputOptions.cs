using System.CommandLine;
using DiffSeg.Cli.Output;

namespace DiffSeg.Cli.CommandLine;

/// <summary>What is written, and where.</summary>
internal sealed class OutputOptions
{
    private const double DefaultOpacity = 0.5;

    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "Folder for the results; it is made if need be. Results of an earlier run are replaced.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "masks",
    };

    private readonly Option<bool> _overlay = new("--overlay")
    {
        Description = $"Write the mask painted over the picture (NAME{OutputNames.Overlay}). On unless --no-overlay is given.",
    };

    private readonly Option<bool> _noOverlay = new("--no-overlay")
    {
        Description = $"Write only the label masks (NAME{OutputNames.Mask}); saves time with large pictures.",
    };

    private readonly Option<double?> _opacity = new("--opacity")
    {
        Description = "Strength of the colours in the overlay, 0 to 1. [default: 0.5]",
        HelpName = "SHARE",
        CustomParser = Values.Share("a share from 0 to 1, or a percentage"),
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = $"Also write all segments into one {OutputNames.Coco} (COCO format: run lengths, area, box).",
    };

    private readonly Option<bool> _contactSheet = new("--contact-sheet")
    {
        Description = $"Also write one {OutputNames.ContactSheet} with the overlays in small, of the first {ContactSheetFile.MostPictures} pictures.",
    };

    private readonly Option<bool> _quiet = new("--quiet", "-q")
    {
        Description = "Say only what went wrong.",
    };

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _output, _overlay, _noOverlay, _opacity, _json, _contactSheet, _quiet })
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (result.GetValue(_overlay) && result.GetValue(_noOverlay))
            {
                result.AddError("--overlay and --no-overlay contradict each other; give one of them.");
            }

            if (result.GetValue(_contactSheet) && result.GetValue(_noOverlay))
            {
                result.AddError("--contact-sheet shows the overlays that --no-overlay leaves out; give one of them.");
            }
        });
    }

    /// <summary>What was given.</summary>
    /// <param name="result">The parsed command line.</param>
    public OutputSettings Read(ParseResult result) => new(
        result.GetValue(_output)!,
        !result.GetValue(_noOverlay),
        result.GetValue(_opacity) ?? DefaultOpacity,
        result.GetValue(_json),
        result.GetValue(_contactSheet),
        result.GetValue(_quiet));
}

/// <summary>What is written, and where.</summary>
/// <param name="Folder">The folder as given.</param>
/// <param name="Overlay">Whether to write overlays.</param>
/// <param name="Opacity">Strength of an overlay's colours, 0 to 1.</param>
/// <param name="Coco">Whether to write a COCO file.</param>
/// <param name="ContactSheet">Whether to write a contact sheet of the overlays.</param>
/// <param name="Quiet">Whether to say only what went wrong.</param>
internal sealed record OutputSettings(string Folder, bool Overlay, double Opacity, bool Coco, bool ContactSheet, bool Quiet);
