using System.CommandLine;
using DiffSeg.Cli.Batching.Asking;
using DiffSeg.Pictures;

namespace DiffSeg.Cli.CommandLine;

/// <summary>Limits that keep bad images and bad machines from spoiling a batch.</summary>
internal sealed class GuardOptions
{
    private readonly Option<double?> _maxErrorRate = new("--max-error-rate")
    {
        Description = "Share of the part's images that may fail for the exit code to be 0. [default: 5%]",
        HelpName = "SHARE",
        CustomParser = Values.Share("a share of the images such as 5% or 0.05"),
    };

    private readonly PictureLimitOptions _limits = new(PictureLimits.Default, "fail");

    private readonly Option<TimeSpan?> _timeLimit = new("--time-limit")
    {
        Description = "The longest that an image may take. Then the process ends with 75, and the image fails when it is started again. [default: 120]",
        HelpName = "SECONDS",
        CustomParser = Values.Seconds("a number of seconds above 0"),
    };

    private readonly Option<TimeSpan?> _grace = new("--grace")
    {
        Description = "The longest from the request to stop to the end of the process. [default: 25]",
        HelpName = "SECONDS",
        CustomParser = Values.Seconds("a number of seconds above 0"),
    };

    private readonly Option<int> _maxFaults = new("--max-faults")
    {
        Description = "Faults of the machine (GPU, memory, disk) in a row after which to give up with 75.",
        HelpName = "N",
        CustomParser = Values.Whole(1, 1_000_000, "a whole number from 1 to 1000000"),
        DefaultValueFactory = _ => new GuardSettings().MaxFaults,
    };

    private readonly Option<long?> _minFree = new("--min-free")
    {
        Description = "Room on the disk of --output without which no chunk is begun. [default: 256 MB]",
        HelpName = "SIZE",
        CustomParser = Values.Bytes("a size such as 256MB"),
    };

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_maxErrorRate, .. _limits.All, _timeLimit, _grace, _maxFaults, _minFree])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What was given.</summary>
    /// <param name="result">The parsed command line.</param>
    public GuardSettings Read(ParseResult result)
    {
        var defaults = new GuardSettings();
        return new GuardSettings
        {
            MaxErrorRate = result.GetValue(_maxErrorRate) ?? defaults.MaxErrorRate,
            TimeLimit = result.GetValue(_timeLimit) ?? defaults.TimeLimit,
            Grace = result.GetValue(_grace) ?? defaults.Grace,
            MaxFaults = result.GetValue(_maxFaults),
            MinFree = result.GetValue(_minFree) ?? defaults.MinFree,
        };
    }

    /// <summary>What a picture's file may ask for.</summary>
    /// <param name="result">The parsed command line.</param>
    public PictureLimits Limits(ParseResult result) => _limits.Read(result);
}
