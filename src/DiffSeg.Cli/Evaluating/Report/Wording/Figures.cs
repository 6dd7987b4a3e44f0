using System.Globalization;
using DiffSeg.Cli.Evaluating.Report.Results;
using DiffSeg.Cli.Reporting;

namespace DiffSeg.Cli.Evaluating.Report.Wording;

/// <summary>Figures as text, with as many digits as they deserve.</summary>
internal static class Figures
{
    /// <summary>What stands for a figure that is not defined or was not measured.</summary>
    public const string None = "–";

    // More would be noise whatever the standard error says: nobody evaluates on a million images.
    private const int MostDecimals = 2;

    /// <summary>"43.6 ± 1.2", "44 ± 2", "43.6": shares in percent, without the sign.</summary>
    /// <param name="metric">The figure; null when it was not measured.</param>
    public static string Text(MetricValue? metric)
    {
        if (metric is null || !double.IsFinite(metric.Value))
        {
            return None;
        }

        double scale = MetricWord.Of(metric.Name).IsShare ? 100 : 1;
        return WithError(metric.Value * scale, metric.StandardError * scale, usual: scale > 1 ? 1 : 2);
    }

    /// <summary>A value and its standard error, rounded to the digit where the error begins.</summary>
    /// <param name="value">The value.</param>
    /// <param name="error">Its standard error; NaN when it is not known.</param>
    /// <param name="usual">Decimals without an error.</param>
    public static string WithError(double value, double error, int usual)
    {
        if (!double.IsFinite(value))
        {
            return None;
        }

        if (!double.IsFinite(error))
        {
            return Rounded(value, usual);
        }

        int decimals = Decimals(error, usual);
        return $"{Rounded(value, decimals)} ± {Rounded(error, decimals)}";
    }

    /// <summary>A published share in percent, as papers print it: "43.6".</summary>
    /// <param name="share">0..1; NaN where the source has none.</param>
    public static string Published(double share) => double.IsFinite(share) ? Rounded(100 * share, 1) : None;

    /// <summary>A share without a standard error, in whole percent: "44".</summary>
    /// <param name="share">0..1; NaN for none.</param>
    public static string WholePercent(double share) => double.IsFinite(share) ? Rounded(100 * share, 0) : None;

    /// <summary>A mean number of things: "7.4".</summary>
    /// <param name="mean">The mean; NaN for none.</param>
    public static string Mean(double mean) => double.IsFinite(mean) ? Rounded(mean, 1) : None;

    /// <summary>A whole number with thousands apart: "2,175".</summary>
    /// <param name="count">The number.</param>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A time: "85 ms", "1.21 s".</summary>
    /// <param name="milliseconds">Not negative; NaN for none.</param>
    public static string Time(double milliseconds) => milliseconds switch
    {
        _ when !double.IsFinite(milliseconds) || milliseconds < 0 => None,
        > 0 and < 1 => "under 1 ms",
        _ => Duration.Text(TimeSpan.FromMilliseconds(Math.Min(milliseconds, TimeSpan.MaxValue.TotalMilliseconds / 2))),
    };

    /// <summary>Memory: "1.20 GB".</summary>
    /// <param name="bytes">Bytes; null when it was not measured.</param>
    public static string Memory(long? bytes) => bytes is >= 0 ? ByteSize.Text(bytes.Value) : None;

    private static int Decimals(double error, int usual)
    {
        if (error <= 0)
        {
            return usual;
        }

        // One digit of the error, two when the first one is a 1: 0.36 -> 0.4, 0.12 stays.
        int first = -(int)Math.Floor(Math.Log10(error));
        return Math.Clamp(error * Math.Pow(10, first) < 1.95 ? first + 1 : first, 0, MostDecimals);
    }

    private static string Rounded(double value, int decimals)
    {
        string text = Math.Round(value, decimals, MidpointRounding.AwayFromZero).ToString($"F{decimals}", CultureInfo.InvariantCulture);
        return text.TrimStart('-').All(digit => digit is '0' or '.') ? text.TrimStart('-') : text;
    }
}
