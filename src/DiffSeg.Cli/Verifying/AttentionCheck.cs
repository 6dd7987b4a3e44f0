using System.Globalization;

namespace DiffSeg.Cli.Verifying;

/// <summary>
/// Whether a tensor is attention, or proposals merged from it: every row a distribution, none of its values negative, infinite
/// or missing.
/// </summary>
/// <param name="Rows">Rows that were looked at.</param>
/// <param name="LargestDeviation">The farthest that a row's sum is from 1; NaN when a value is not finite.</param>
/// <param name="Smallest">The smallest value.</param>
/// <param name="NotFinite">Values that are infinite or no number.</param>
internal sealed record AttentionCheck(long Rows, double LargestDeviation, float Smallest, long NotFinite)
{
    /// <summary>A row's sum may be so far from 1; float32 keeps a softmax of 16384 values well within it.</summary>
    public const double Tolerance = 1e-3;

    /// <summary>Whether it is attention.</summary>
    public bool IsGood => NotFinite == 0 && Smallest >= 0 && LargestDeviation <= Tolerance;

    /// <summary>Looks at a tensor.</summary>
    /// <param name="values">Its values, row after row.</param>
    /// <param name="width">Values of a row; divides their number.</param>
    /// <param name="merged">Whether a row of NaN is a proposal that nothing matched; it is left out then.</param>
    public static AttentionCheck Of(ReadOnlySpan<float> values, int width, bool merged = false)
    {
        long rows = 0;
        double deviation = 0;
        float smallest = float.PositiveInfinity;
        long notFinite = 0;
        for (int start = 0; start < values.Length; start += width)
        {
            ReadOnlySpan<float> row = values.Slice(start, width);
            if (merged && row.IndexOfAnyExcept(float.NaN) < 0)
            {
                continue;
            }

            rows++;
            double sum = 0;
            foreach (float value in row)
            {
                sum += value;
                smallest = Math.Min(smallest, value);
                notFinite += float.IsFinite(value) ? 0 : 1;
            }

            deviation = Math.Max(deviation, Math.Abs(sum - 1));
        }

        return new AttentionCheck(rows, deviation, smallest, notFinite);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        if (NotFinite > 0)
        {
            return $"{NotFinite} values are infinite or no number";
        }

        string rows = string.Create(CultureInfo.InvariantCulture, $"{Rows} rows, sums within {LargestDeviation:0.0e+0} of 1");
        return Smallest < 0 ? string.Create(CultureInfo.InvariantCulture, $"{rows}, but values down to {Smallest:0.0e+0}") : rows;
    }
}
