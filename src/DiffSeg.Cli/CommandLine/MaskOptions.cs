using System.CommandLine;
using DiffSeg.MLNet;

namespace DiffSeg.Cli.CommandLine;

/// <summary>How the attention becomes a mask.</summary>
internal sealed class MaskOptions
{
    private const double DefaultMinRegion = 0.005;

    private readonly MergingOptions _merging = new(
        "Merge two attention maps when their divergence is below this. Lower gives more segments. [default: what the model recommends]");

    private readonly Option<ImageFit?> _fit = new("--fit")
    {
        Description = "How a picture is fitted to the model's square: pad keeps all of it, crop takes the middle. [default: pad]",
        HelpName = "pad|crop",
        CustomParser = Values.Word<ImageFit?>(("pad", ImageFit.Pad), ("crop", ImageFit.Crop)),
    };

    private readonly Option<MaskSize?> _size = new("--size")
    {
        Description = "Size of the mask: that of the picture, of the model's input, or one of your own. [default: original]",
        HelpName = "original|model|WxH",
        CustomParser = MaskSizeText.Read,
    };

    private readonly Option<double?> _minRegion = new("--min-region")
    {
        Description = "Give patches smaller than this share of the picture to a neighbour; 0 keeps every speck. [default: 0.5%]",
        HelpName = "SHARE",
        CustomParser = Values.Share("a share of the picture such as 0.5% or 0.005"),
    };

    private readonly Option<bool> _regions = new("--regions")
    {
        Description = "Make each connected patch a segment of its own: two birds are two segments.",
    };

    /// <summary>All of them.</summary>
    public IReadOnlyCollection<Option> All => [.. _merging.All, _fit, _size, _minRegion, _regions];

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="withSize">Whether the size of the mask is the user's choice.</param>
    public void AddTo(Command command, bool withSize = true)
    {
        foreach (Option option in All)
        {
            if (withSize || option != _size)
            {
                command.Options.Add(option);
            }
        }
    }

    /// <summary>What was given, as options of the chain.</summary>
    /// <param name="result">The parsed command line.</param>
    public DiffSegMaskOptions Read(ParseResult result)
    {
        (float? klThreshold, int anchors, int iterations, bool refine) = _merging.Read(result);
        return new DiffSegMaskOptions
        {
            KlThreshold = klThreshold,
            AnchorsPerSide = anchors,
            Iterations = iterations,
            Refine = refine,
            Fit = result.GetValue(_fit) ?? ImageFit.Pad,
            Size = result.GetValue(_size) ?? MaskSize.Original,
            MinRegionShare = result.GetValue(_minRegion) ?? DefaultMinRegion,
            Regions = result.GetValue(_regions),
        };
    }
}
