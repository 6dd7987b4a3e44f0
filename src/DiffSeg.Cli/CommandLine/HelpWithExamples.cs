using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace DiffSeg.Cli.CommandLine;

/// <summary>The usual help, and after it what the command's own author has to say: examples, results, exit codes.</summary>
internal sealed class HelpWithExamples(HelpAction help, IReadOnlyDictionary<Command, string> lessons) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <summary>Gives every command of a command line its lesson.</summary>
    /// <param name="root">The root command.</param>
    /// <param name="lessons">The text of each command that has one.</param>
    /// <param name="width">Columns of the terminal.</param>
    public static void AddTo(RootCommand root, IReadOnlyDictionary<Command, string> lessons, int width)
    {
        HelpOption option = root.Options.OfType<HelpOption>().Single();
        option.Action = new HelpWithExamples(new HelpAction { MaxWidth = width }, lessons);
    }

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        // 'batch' takes pictures, 'batch verify' a folder only: what a command above it takes is none of its business.
        foreach (Argument above in parseResult.CommandResult.Command.Parents.OfType<Command>().SelectMany(parent => parent.Arguments))
        {
            above.Hidden = true;
        }

        int code = help.Invoke(parseResult);
        if (lessons.TryGetValue(parseResult.CommandResult.Command, out string? lesson))
        {
            parseResult.InvocationConfiguration.Output.WriteLine(lesson.ReplaceLineEndings());
        }

        return code;
    }
}
