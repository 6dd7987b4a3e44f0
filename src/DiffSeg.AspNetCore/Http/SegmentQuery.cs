using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace DiffSeg.AspNetCore.Http;

/// <summary>The settings that stand behind the question mark of an address.</summary>
internal static class SegmentQuery
{
    private const string Threshold = "kl-threshold", MinRegion = "min-region", Regions = "regions";

    /// <summary>Reads them.</summary>
    /// <param name="query">The values.</param>
    /// <param name="usual">The settings where nothing is given.</param>
    /// <exception cref="RequestProblem">There is no such setting, or it has no such value.</exception>
    public static DiffSegOptions Read(IQueryCollection query, DiffSegOptions usual)
    {
        DiffSegOptions options = usual;
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in query)
        {
            string text = values.ToString();
            options = name.ToLowerInvariant() switch
            {
                Threshold => (float?)Number(text) is > 0 and <= float.MaxValue and var value
                    ? options with { KlThreshold = value, KlThresholds = null }
                    : throw Wrong(name, "a number above 0", text),
                MinRegion => Number(text) is >= 0 and <= 1 and var value
                    ? options with { MinRegionShare = value }
                    : throw Wrong(name, "a share of the picture from 0 to 1", text),
                Regions => bool.TryParse(text, out bool value)
                    ? options with { Regions = value }
                    : throw Wrong(name, "true or false", text),
                _ => throw new RequestProblem(
                    StatusCodes.Status400BadRequest, $"There is no setting '{name}'; there are {Threshold}, {MinRegion} and {Regions}."),
            };
        }

        return options;
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null;

    private static RequestProblem Wrong(string name, string hint, string text) =>
        new(StatusCodes.Status400BadRequest, $"'{name}' takes {hint}, not '{text}'.");
}
