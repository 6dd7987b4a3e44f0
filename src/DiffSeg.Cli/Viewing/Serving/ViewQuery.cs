using System.Globalization;
using DiffSeg.Cli.Viewing.Answers;
using Microsoft.AspNetCore.Http;

namespace DiffSeg.Cli.Viewing.Serving;

/// <summary>What stands behind the question mark of an address.</summary>
/// <param name="query">The values.</param>
internal sealed class ViewQuery(IQueryCollection query)
{
    private const int MostPoints = 32;

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

    /// <summary>
    /// The spots asked about: <c>x</c> and <c>y</c>, then any of <c>with=X,Y</c>, which belong to the thing too, and of
    /// <c>without=X,Y</c>, which do not.
    /// </summary>
    /// <exception cref="ViewProblem">One is no pair of whole numbers from 0, two are the same, or there are too many.</exception>
    public IReadOnlyList<PointPrompt> Points
    {
        get
        {
            PointPrompt[] points =
                [new(Whole("x"), Whole("y")), .. Pairs("with", foreground: true), .. Pairs("without", foreground: false)];
            if (points.Length > MostPoints)
            {
                throw new ViewProblem(StatusCodes.Status400BadRequest, $"A segment has at most {MostPoints} spots.");
            }

            return points.Select(point => (point.X, point.Y)).Distinct().Count() == points.Length
                ? points
                : throw new ViewProblem(StatusCodes.Status400BadRequest, "The spots of a segment must be different ones.");
        }
    }

    private IEnumerable<PointPrompt> Pairs(string name, bool foreground) => query[name].Select(text =>
        text?.Split(',') is [var x, var y] && Number(x) is { } column && Number(y) is { } row
            ? new PointPrompt(column, row, foreground)
            : throw Wrong(name, "two whole numbers of pixels from 0, such as 12,34", text ?? ""));

    private int Whole(string name)
    {
        string text = query[name].ToString();
        return Number(text) ?? throw Wrong(name, "a whole number of pixels from 0", text);
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null;

    private static ViewProblem Wrong(string name, string hint, string text) =>
        new(StatusCodes.Status400BadRequest, $"'{name}' takes {hint}, not '{text}'.");
}
