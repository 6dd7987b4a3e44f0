using System.Globalization;
using DiffSeg.Cli.Viewing.Answers;
using Microsoft.AspNetCore.Http;

namespace DiffSeg.Cli.Viewing.Serving;

/// <summary>What stands behind the question mark of an address.</summary>
/// <param name="query">The values.</param>
internal sealed class ViewQuery(IQueryCollection query)
{
    /// <summary>The threshold; null where none is given.</summary>
    /// <exception cref="ViewProblem">It is no number above 0.</exception>
    public float? Threshold
    {
        get
        {
            string text = query["threshold"].ToString();
            if (text.Length == 0)
            {
                return null;
            }

            return float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) && value > 0 && float.IsFinite(value)
                ? value
                : throw Wrong("threshold", "a number above 0", text);
        }
    }

    /// <summary>Column of a spot.</summary>
    /// <exception cref="ViewProblem">It is no whole number from 0.</exception>
    public int X => Whole("x");

    /// <summary>Row of a spot.</summary>
    /// <exception cref="ViewProblem">It is no whole number from 0.</exception>
    public int Y => Whole("y");

    private int Whole(string name)
    {
        string text = query[name].ToString();
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw Wrong(name, "a whole number of pixels from 0", text);
    }

    private static ViewProblem Wrong(string name, string hint, string text) =>
        new(StatusCodes.Status400BadRequest, $"'{name}' takes {hint}, not '{text}'.");
}
