using System.Globalization;
using System.Xml.Linq;

namespace DiffSeg.Cli.Evaluating.Report.Charts;

/// <summary>An SVG in the making; coordinates are pixels from its upper left corner. Looks come from the page's style.</summary>
internal sealed class Drawing
{
    /// <summary>Starts an empty one.</summary>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="title">What it shows, for readers who do not see it.</param>
    /// <param name="description">What there is to see in it.</param>
    public Drawing(double width, double height, string title, string description)
    {
        Root = new XElement(
            "svg",
            new XAttribute("viewBox", $"0 0 {Number(width)} {Number(height)}"),
            new XAttribute("width", Number(width)),
            new XAttribute("height", Number(height)),
            new XAttribute("role", "img"),
            new XAttribute("aria-label", $"{title}. {description}"),
            new XElement("title", title),
            new XElement("desc", description));
    }

    /// <summary>The element.</summary>
    public XElement Root { get; }

    /// <summary>A straight line.</summary>
    public void Line(string style, double x1, double y1, double x2, double y2) =>
        Add("line", style, ("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2));

    /// <summary>A filled rectangle; what it says appears under the pointer.</summary>
    public void Rectangle(string style, double x, double y, double width, double height, string? says = null) =>
        Add("rect", style, ("x", x), ("y", y), ("width", width), ("height", height)).Add(Saying(says));

    /// <summary>A disc; what it says appears under the pointer.</summary>
    public void Disc(string style, double x, double y, double radius, string? says = null) =>
        Add("circle", style, ("cx", x), ("cy", y), ("r", radius)).Add(Saying(says));

    /// <summary>A square on its corner, as wide as a disc of that radius.</summary>
    public void Diamond(string style, double x, double y, double radius, string? says = null)
    {
        XElement path = Add("path", style);
        path.Add(new XAttribute("d", $"M{Number(x - radius)} {Number(y)}L{Number(x)} {Number(y - radius)}L{Number(x + radius)} {Number(y)}L{Number(x)} {Number(y + radius)}Z"));
        path.Add(Saying(says));
    }

    /// <summary>A line through points.</summary>
    public void Curve(string style, IEnumerable<(double X, double Y)> points) =>
        Add("polyline", style).Add(new XAttribute("points", string.Join(' ', points.Select(point => $"{Number(point.X)},{Number(point.Y)}"))));

    /// <summary>Text, its baseline at y; the style's class says where x is in it.</summary>
    public void Text(string style, double x, double y, string text, string? says = null)
    {
        XElement element = Add("text", style, ("x", x), ("y", y));
        element.Add(text);
        element.Add(Saying(says));
    }

    /// <summary>A coordinate.</summary>
    public static string Number(double value) => Math.Round(value, 1).ToString("0.#", CultureInfo.InvariantCulture);

    private static XElement? Saying(string? text) => text is null ? null : new XElement("title", text);

    private XElement Add(string name, string style, params (string Name, double Value)[] numbers)
    {
        var element = new XElement(name, new XAttribute("class", style));
        foreach ((string attribute, double value) in numbers)
        {
            element.Add(new XAttribute(attribute, Number(value)));
        }

        Root.Add(element);
        return element;
    }
}
