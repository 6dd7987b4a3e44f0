using System.CommandLine;
using System.CommandLine.Parsing;

namespace DiffSeg.Cli.CommandLine;

/// <summary>Which pictures.</summary>
/// <param name="description">What the help says that they may be.</param>
internal sealed class InputOptions(
    string description = "Pictures, folders of pictures, or patterns such as \"photos/**/*.jpg\" (in quotes).")
{
    private readonly Argument<string[]> _inputs = new("images")
    {
        Description = description,
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<bool> _recursive = new("--recursive", "-r")
    {
        Description = "Also take the pictures in the folders inside a folder.",
    };

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        command.Arguments.Add(_inputs);
        command.Options.Add(_recursive);

        // The parser takes a mistyped option for one more picture.
        _inputs.Validators.Add(result => RefuseOptions(result, command));
    }

    /// <summary>What was given.</summary>
    /// <param name="result">The parsed command line.</param>
    public InputSettings Read(ParseResult result) => new(result.GetValue(_inputs)!, result.GetValue(_recursive));

    private static void RefuseOptions(ArgumentResult result, Command command)
    {
        foreach (Token token in result.Tokens.Where(token => token.Value.Length > 1 && token.Value.StartsWith('-')))
        {
            string name = token.Value.Split('=', ':')[0];
            string suggestion = Suggestion.For(name, command.Options.SelectMany(option => option.Aliases.Append(option.Name)));
            result.AddError($"There is no option '{name}'.{suggestion} (For a picture of that name write './{token.Value}'.)");
        }
    }
}

/// <summary>Which pictures.</summary>
/// <param name="Inputs">Files, folders and patterns as given.</param>
/// <param name="Recursive">Whether folders inside folders count.</param>
internal sealed record InputSettings(IReadOnlyList<string> Inputs, bool Recursive);
