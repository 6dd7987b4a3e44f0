using System.Globalization;
using System.Text;
using DiffSeg.Display;
using DiffSeg.Display.Notebooks;
using DiffSeg.Pictures.Drawing;

namespace DiffSeg;

[TypeFormatterSource]
public sealed partial class ProposalSet : IDisplay
{
    private const int MostShown = 24;
    private const int Columns = 6;
    private const int Side = 112;
    private const string NoMaps = "There are no attention maps here: the method works without.";

    /// <summary>The maps as heat, each on its own scale: the 24 that win most of the picture, those first.</summary>
    /// <returns>A PNG file.</returns>
    public byte[] ToPng()
    {
        (int Proposal, double Share)[] shown = Shown();
        if (shown.Length == 0)
        {
            return TablePicture.Draw(NoMaps, [""], [], _ => false).ToPng();
        }

        Raster[] maps = [.. shown.Select(item => Heat(item.Proposal, PictureScaling.Fit(Height * Side, Width * Side, Side)))];
        return CaptionedSheet.Draw(maps, [.. shown.Select(Caption)], Math.Min(Columns, maps.Length)).ToPng();
    }

    /// <summary>The maps as heat, each on its own scale: the 24 that win most of the picture, those first.</summary>
    /// <returns>A fragment of HTML, as <see cref="IDisplay.ToHtml"/> says.</returns>
    public string ToHtml()
    {
        (int Proposal, double Share)[] shown = Shown();
        if (shown.Length == 0)
        {
            return FragmentStyle.Fragment($"<p class=\"ds-note\">{NoMaps}</p>");
        }

        // The maps come as they are and are enlarged by the browser: an eighth of the bytes.
        (int Height, int Width) size = PictureScaling.Fit(Height * Side, Width * Side, Side);
        var html = new StringBuilder("<div class=\"ds-strip\">");
        foreach ((int Proposal, double Share) item in shown)
        {
            html.Append(
                CultureInfo.InvariantCulture,
                $"<figure class=\"ds-map\" style=\"width:{size.Width}px\">{HtmlText.Image(Heat(item.Proposal, (Height, Width)), $"Map {item.Proposal} as heat", shown: size)}<figcaption>{HtmlText.Encode(Caption(item))}</figcaption></figure>");
        }

        html.Append("</div>");
        int more = Count - shown.Length;
        return FragmentStyle.Fragment(html.Append(more > 0 ? $"<p class=\"ds-note\">and {HtmlText.Count(more, "more map")}</p>" : "").ToString());
    }

    /// <summary>The map with the largest value at each token; of equal ones, the first.</summary>
    /// <returns>Height x Width indices, row-major.</returns>
    internal ushort[] Winners()
    {
        ushort[] winners = new ushort[Tokens];
        float[] best = Map(0).ToArray();
        for (int proposal = 1; proposal < Count; proposal++)
        {
            ReadOnlySpan<float> map = Map(proposal);
            for (int token = 0; token < map.Length; token++)
            {
                if (map[token] > best[token])
                {
                    (best[token], winners[token]) = (map[token], (ushort)proposal);
                }
            }
        }

        return winners;
    }

    private static string Caption((int Proposal, double Share) item) =>
        string.Create(CultureInfo.InvariantCulture, $"{item.Proposal} wins {HtmlText.Percent(item.Share)}");

    // A quarter of the levels looks the same and packs better.
    private Raster Heat(int proposal, (int Height, int Width) size)
    {
        ReadOnlySpan<float> map = Map(proposal);
        byte[] levels = HeatPainter.Levels(map, Height, Width, MaskGrid.Whole(Height, Width, size.Height, size.Width), size, HeatPainter.Hottest(map));
        var heat = new Raster(size.Height, size.Width);
        for (int i = 0; i < levels.Length; i++)
        {
            heat[i / size.Width, i % size.Width] = HeatScale.Colour((byte)(levels[i] & ~3));
        }

        return heat;
    }

    private (int Proposal, double Share)[] Shown()
    {
        if (Count == 0)
        {
            return [];
        }

        int[] won = new int[Count];
        foreach (ushort winner in Winners())
        {
            won[winner]++;
        }

        return [.. Enumerable.Range(0, Count).OrderByDescending(k => won[k]).Take(MostShown).Select(k => (k, (double)won[k] / Tokens))];
    }
}
