using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using DiffSeg.AspNetCore;
using DiffSeg.Pictures;

namespace DiffSeg.Cli.CommandLine;

/// <summary>Where the service listens, and what it takes.</summary>
internal sealed class ServiceOptions
{
    private readonly Option<IPAddress?> _host = new("--host")
    {
        Description = "Address to listen on. Beyond 127.0.0.1 everybody who reaches this machine can use the service: it asks nobody who they are. 0.0.0.0 for all addresses, as in a container. [default: 127.0.0.1]",
        HelpName = "ADDRESS",
        CustomParser = Address,
    };

    private readonly Option<int> _port = new("--port")
    {
        Description = "Port to listen on; 0 for a free one.",
        HelpName = "N",
        CustomParser = Values.Whole(0, 65535, "a port from 1 to 65535, or 0 for a free one"),
        DefaultValueFactory = _ => 5180,
    };

    private readonly Option<int?> _workers = new("--workers")
    {
        Description = "Pictures in work at once; each takes the memory of its attention and pixels. [default: one per core, at most 4]",
        HelpName = "N",
        CustomParser = Values.OptionalWhole(1, 1024, "a number of workers from 1 to 1024"),
    };

    private readonly Option<int> _queue = new("--queue")
    {
        Description = "Pictures that may wait for a worker; others are refused with status 429.",
        HelpName = "N",
        CustomParser = Values.Whole(0, 100_000, "a number of pictures from 0 to 100000"),
        DefaultValueFactory = _ => 32,
    };

    // A picture's file is held in one array.
    private readonly PictureLimitOptions _limits = new(new SegmentationServiceOptions().Limits, "are refused", Array.MaxLength - 1);

    private readonly Option<int> _timeout = new("--timeout")
    {
        Description = "Seconds that a request may take once its picture is there, waiting included.",
        HelpName = "SECONDS",
        CustomParser = Values.Whole(1, 86_400, "a number of seconds from 1 to 86400"),
        DefaultValueFactory = _ => 60,
    };

    private readonly Option<int> _uploadTimeout = new("--upload-timeout")
    {
        Description = "Seconds that the upload of a picture may take.",
        HelpName = "SECONDS",
        CustomParser = Values.Whole(1, 86_400, "a number of seconds from 1 to 86400"),
        DefaultValueFactory = _ => 30,
    };

    private readonly Option<int> _grace = new("--grace")
    {
        Description = "Seconds that requests under way have to come to their end when the service is stopped; then it ends without them.",
        HelpName = "SECONDS",
        CustomParser = Values.Whole(0, 86_400, "a number of seconds from 0 to 86400"),
        DefaultValueFactory = _ => 25,
    };

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_host, _port, _workers, _queue, .. _limits.All, _timeout, _uploadTimeout, _grace])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What was given.</summary>
    /// <param name="result">The parsed command line.</param>
    public ServiceSettings Read(ParseResult result) => new(
        result.GetValue(_host) ?? IPAddress.Loopback,
        result.GetValue(_port),
        result.GetValue(_workers),
        result.GetValue(_queue),
        _limits.Read(result),
        TimeSpan.FromSeconds(result.GetValue(_timeout)),
        TimeSpan.FromSeconds(result.GetValue(_uploadTimeout)),
        TimeSpan.FromSeconds(result.GetValue(_grace)));

    private static IPAddress? Address(ArgumentResult result)
    {
        string text = Values.Text(result);
        return text.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback
            : IPAddress.TryParse(text, out IPAddress? address) ? address
            : Values.Refuse<IPAddress?>(result, "an address of this machine such as 127.0.0.1, 0.0.0.0 or ::1");
    }
}

/// <summary>Where the service listens, and what it takes.</summary>
/// <param name="Host">The address.</param>
/// <param name="Port">The port; 0 for a free one.</param>
/// <param name="Workers">Pictures in work at once; null for the library's choice.</param>
/// <param name="Queue">Pictures that may wait.</param>
/// <param name="Limits">What a picture may have at most.</param>
/// <param name="Timeout">How long a request may take once its picture is there.</param>
/// <param name="UploadTimeout">How long an upload may take.</param>
/// <param name="Grace">How long requests have to end when the service is stopped.</param>
internal sealed record ServiceSettings(
    IPAddress Host, int Port, int? Workers, int Queue, PictureLimits Limits, TimeSpan Timeout, TimeSpan UploadTimeout, TimeSpan Grace);
