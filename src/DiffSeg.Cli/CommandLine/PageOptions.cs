using System.CommandLine;
using DiffSeg.Cli.Output;

namespace DiffSeg.Cli.CommandLine;

/// <summary>Where the viewer's page is, and what it shows besides live masks.</summary>
internal sealed class PageOptions
{
    private readonly Option<int?> _port = new("--port")
    {
        Description = "Port of the page on this machine. [default: 5178, or a free one where that is taken]",
        HelpName = "N",
        CustomParser = Values.OptionalWhole(1, 65535, "a port from 1 to 65535"),
    };

    private readonly Option<bool> _noBrowser = new("--no-browser")
    {
        Description = "Only say the page's address; open no browser.",
    };

    private readonly Option<string?> _masks = new("--masks")
    {
        Description = $"Folder of masks that 'diffseg segment' wrote (NAME{OutputNames.Mask}), to be compared with live ones. [default: the folder of each picture]",
        HelpName = "DIR",
    };

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        command.Options.Add(_port);
        command.Options.Add(_noBrowser);
        command.Options.Add(_masks);
    }

    /// <summary>What was given.</summary>
    /// <param name="result">The parsed command line.</param>
    public PageSettings Read(ParseResult result) =>
        new(result.GetValue(_port), !result.GetValue(_noBrowser), result.GetValue(_masks));
}

/// <summary>Where the viewer's page is, and what it shows besides live masks.</summary>
/// <param name="Port">The port; null for the usual one, or a free one where that is taken.</param>
/// <param name="OpenBrowser">Whether to open a browser, where there is one.</param>
/// <param name="Masks">Folder of stored masks as given; null for the folder of each picture.</param>
internal sealed record PageSettings(int? Port, bool OpenBrowser, string? Masks);
