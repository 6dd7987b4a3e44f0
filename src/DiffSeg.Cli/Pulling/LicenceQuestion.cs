using DiffSeg.Cli.Models;
using DiffSeg.Cli.Terminal;
using Spectre.Console;

namespace DiffSeg.Cli.Pulling;

/// <summary>Asks for a licence to be accepted that binds how a model may be used.</summary>
internal static class LicenceQuestion
{
    /// <summary>Asks, where that is called for.</summary>
    /// <param name="console">A person may be there to answer.</param>
    /// <param name="entry">The model.</param>
    /// <param name="accepted">Whether the command line accepts it.</param>
    /// <exception cref="SetupException">It is not accepted.</exception>
    public static void Ask(ToolConsole console, CatalogueEntry entry, bool accepted)
    {
        if (accepted || !entry.Licence.Ask)
        {
            return;
        }

        string licence = $"The weights of '{entry.Name}' are under the licence {entry.Licence.Id}, which restricts what they may be used for: {entry.Licence.Url}";
        if (!console.CanAsk)
        {
            throw new SetupException($"{licence}{Environment.NewLine}Read it, and give --accept-licence to accept it.");
        }

        console.Error.WriteLine(licence);
        if (!console.Error.Prompt(new ConfirmationPrompt("Do you accept it?") { DefaultValue = false }))
        {
            throw new SetupException($"The licence of '{entry.Name}' was not accepted; nothing was downloaded.");
        }
    }
}
