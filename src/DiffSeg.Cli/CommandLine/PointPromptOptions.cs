using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace DiffSeg.Cli.CommandLine;

/// <summary>Points whose segment is wanted, in place of all segments.</summary>
internal sealed class PointPromptOptions
{
    private readonly Option<PointPrompt[]> _points = new("--point")
    {
        Description = "Cut out only what is under this pixel, counted from the upper left corner. Give it again for more points.",
        HelpName = "X,Y",
        CustomParser = result => Read(result, foreground: true),
    };

    private readonly Option<PointPrompt[]> _background = new("--background-point")
    {
        Description = "With --point: a pixel that does not belong to it. Give it again for more points.",
        HelpName = "X,Y",
        CustomParser = result => Read(result, foreground: false),
    };

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="others">Options that mean nothing with a point.</param>
    public void AddTo(Command command, IReadOnlyCollection<Option> others)
    {
        command.Options.Add(_points);
        command.Options.Add(_background);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_points) is not { Implicit: false })
            {
                if (result.GetResult(_background) is { Implicit: false })
                {
                    result.AddError("--background-point leaves something out of the segment of a --point; give one.");
                }

                return;
            }

            foreach (Option other in others.Where(option => result.GetResult(option) is { Implicit: false }))
            {
                result.AddError($"{other.Name} means nothing with --point: the segment is what the point's attention reaches, on the whole picture.");
            }
        });
    }

    /// <summary>The points given; none where all segments are wanted.</summary>
    /// <param name="result">The parsed command line.</param>
    public IReadOnlyList<PointPrompt> Read(ParseResult result) =>
        [.. result.GetValue(_points) ?? [], .. result.GetValue(_background) ?? []];

    private static PointPrompt[] Read(ArgumentResult result, bool foreground)
    {
        var points = new List<PointPrompt>();
        foreach (Token token in result.Tokens)
        {
            string[] numbers = token.Value.Split(',');
            if (numbers.Length == 2 && Number(numbers[0]) is { } x && Number(numbers[1]) is { } y)
            {
                points.Add(new PointPrompt(x, y, foreground));
            }
            else
            {
                string option = ((OptionResult)result.Parent!).Option.Name;
                result.AddError($"{option} takes a column and a row in pixels, such as 320,240, not '{token.Value}'.");
            }
        }

        return [.. points];
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int number) ? number : null;
}
