using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace DiffSeg.AspNetCore.Metrics;

/// <summary>Names, labels and numbers as Prometheus writes them, by the rules of OpenTelemetry.</summary>
internal static class MetricName
{
    /// <summary>The name of an instrument: with its unit, and "total" where it only ever grows.</summary>
    public static string Of(Instrument instrument, bool isTotal)
    {
        string name = Plain(instrument.Name);
        string unit = instrument.Unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            _ => "",
        };
        if (!name.EndsWith(unit, StringComparison.Ordinal))
        {
            name += unit;
        }

        return isTotal ? name + "_total" : name;
    }

    /// <summary>Labels in the order of their names, without brackets; empty for none.</summary>
    public static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
        {
            return "";
        }

        var text = new StringBuilder();
        foreach ((string name, object? value) in tags.ToArray().OrderBy(tag => tag.Key, StringComparer.Ordinal))
        {
            text.Append(text.Length > 0 ? "," : "").Append(Plain(name)).Append("=\"");
            text.Append(Convert.ToString(value, CultureInfo.InvariantCulture)?.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n"));
            text.Append('"');
        }

        return text.ToString();
    }

    /// <summary>A number.</summary>
    public static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString(CultureInfo.InvariantCulture),
    };

    private static string Plain(string name) =>
        string.Create(name.Length, name, (text, from) =>
        {
            for (int i = 0; i < text.Length; i++)
            {
                text[i] = char.IsAsciiLetterOrDigit(from[i]) ? from[i] : '_';
            }
        });
}
