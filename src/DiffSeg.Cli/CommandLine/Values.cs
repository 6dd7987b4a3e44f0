using System.CommandLine.Parsing;
using System.Globalization;

namespace DiffSeg.Cli.CommandLine;

/// <summary>Readers of option values. An error names the option, what it takes and what was given.</summary>
internal static class Values
{
    /// <summary>A whole number of a range.</summary>
    /// <param name="smallest">The smallest that counts.</param>
    /// <param name="largest">The largest that counts.</param>
    /// <param name="hint">What to give, after "takes".</param>
    public static Func<ArgumentResult, int> Whole(int smallest, int largest, string hint) => result =>
        int.TryParse(Text(result), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
        && value >= smallest && value <= largest
            ? value
            : Refuse<int>(result, hint);

    /// <summary>As <see cref="Whole"/>, for an option that has no value unless it is given.</summary>
    /// <inheritdoc cref="Whole"/>
    public static Func<ArgumentResult, int?> OptionalWhole(int smallest, int largest, string hint)
    {
        Func<ArgumentResult, int> whole = Whole(smallest, largest, hint);
        return result => whole(result);
    }

    /// <summary>As <see cref="OptionalWhole"/>, for numbers that may be very large.</summary>
    /// <param name="smallest">The smallest that counts.</param>
    /// <param name="hint">What to give, after "takes".</param>
    public static Func<ArgumentResult, long?> OptionalLong(long smallest, string hint) => result =>
        long.TryParse(Text(result), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) && value >= smallest
            ? value
            : Refuse<long?>(result, hint);

    /// <summary>A number of bytes: "1048576", "1024kB", "1.5 GB"; a kB is 1024 bytes.</summary>
    /// <param name="hint">What to give, after "takes".</param>
    /// <param name="largest">The largest that counts.</param>
    public static Func<ArgumentResult, long?> Bytes(string hint, long largest = long.MaxValue) => result =>
    {
        string text = Text(result).Trim();
        int letters = text.Length - text.TrimEnd("kKmMgGtTbB ".ToCharArray()).Length;
        double? value = Number(text[..^letters]) * text[^letters..].Trim().ToUpperInvariant() switch
        {
            "" or "B" => 1,
            "K" or "KB" => 1L << 10,
            "M" or "MB" => 1L << 20,
            "G" or "GB" => 1L << 30,
            "T" or "TB" => 1L << 40,
            _ => double.NaN,
        };
        return value is >= 0 and < long.MaxValue && value <= largest ? (long)value : Refuse<long?>(result, hint);
    };

    /// <summary>A number of seconds above 0, up to a year.</summary>
    /// <param name="hint">What to give, after "takes".</param>
    public static Func<ArgumentResult, TimeSpan?> Seconds(string hint) => result =>
        Number(Text(result)) is > 0 and <= 366 * 24 * 3600 and var seconds ? TimeSpan.FromSeconds(seconds) : Refuse<TimeSpan?>(result, hint);

    /// <summary>A number above 0.</summary>
    /// <param name="hint">What to give, after "takes".</param>
    public static Func<ArgumentResult, float?> Positive(string hint) => result =>
        (float?)Number(Text(result)) is > 0 and <= float.MaxValue and var value ? value : Refuse<float?>(result, hint);

    /// <summary>A share: "0.5%" or "0.005".</summary>
    /// <param name="hint">What to give, after "takes".</param>
    public static Func<ArgumentResult, double?> Share(string hint) => result =>
    {
        string text = Text(result).Trim();
        double? value = text.EndsWith('%') ? Number(text[..^1].TrimEnd()) / 100 : Number(text);
        return value is >= 0 and <= 1 ? value : Refuse<double?>(result, hint);
    };

    /// <summary>One of a few words.</summary>
    /// <param name="words">The words and what they mean.</param>
    /// <typeparam name="T">What they mean.</typeparam>
    public static Func<ArgumentResult, T> Word<T>(params (string Word, T Meaning)[] words) => result =>
    {
        foreach ((string word, T meaning) in words)
        {
            if (string.Equals(word, Text(result), StringComparison.OrdinalIgnoreCase))
            {
                return meaning;
            }
        }

        string known = string.Join(" or ", words.Select(pair => pair.Word));
        return Refuse<T>(result, known, Suggestion.For(Text(result), words.Select(pair => pair.Word)));
    };

    /// <summary>Adds the error.</summary>
    /// <param name="result">The value at fault.</param>
    /// <param name="hint">What the option takes.</param>
    /// <param name="suggestion">A sentence at the end, with a space before it.</param>
    /// <typeparam name="T">Type of the value that is not there.</typeparam>
    /// <returns>The type's default; nobody sees it.</returns>
    public static T Refuse<T>(ArgumentResult result, string hint, string suggestion = "")
    {
        string option = ((OptionResult)result.Parent!).Option.Name;
        result.AddError($"{option} takes {hint}, not '{Text(result)}'.{suggestion}");
        return default!;
    }

    /// <summary>The value as typed.</summary>
    /// <param name="result">The value.</param>
    public static string Text(ArgumentResult result) => result.Tokens[0].Value;

    // No thousands separators: "1,1" must not become 11.
    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null;
}
