using System.Reflection;
using System.Xml.Linq;
using DiffSeg.Pictures;

namespace DiffSeg.Cli.Evaluating.Report.Page;

/// <summary>The looks of the page: its style sheet, and the palette's colours under names.</summary>
internal static class PageStyle
{
    // Labels of the palette: blue and vermilion stand out on white, sky blue and orange on black.
    private const int Blue = 0, Vermilion = 1, SkyBlue = 2, Orange = 3;

    /// <summary>The style element.</summary>
    public static XElement Element() => new("style", Sheet());

    private static string Sheet()
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("report.css")!;
        using var reader = new StreamReader(stream);
        return Colours(Blue, Vermilion) + "@media screen and (prefers-color-scheme: dark){" + Colours(SkyBlue, Orange) + "}\n" + reader.ReadToEnd();
    }

    private static string Colours(int first, int second) =>
        $":root{{--first:{Palette.Standard[first]};--second:{Palette.Standard[second]}}}";
}
