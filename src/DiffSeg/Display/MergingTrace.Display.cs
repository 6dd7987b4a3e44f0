using System.Globalization;
using DiffSeg.Display;
using DiffSeg.Display.Notebooks;
using DiffSeg.Pictures;
using DiffSeg.Pictures.Drawing;

namespace DiffSeg;

[TypeFormatterSource]
public sealed partial class MergingTrace : IDisplay
{
    /// <summary>The anchors, the maps of each iteration by the tokens that each wins, and the mask, side by side.</summary>
    /// <returns>A PNG file.</returns>
    public byte[] ToPng() => Sequence().ToPng();

    /// <summary>The anchors, the maps of each iteration by the tokens that each wins, and the mask, side by side.</summary>
    /// <returns>A fragment of HTML, as <see cref="IDisplay.ToHtml"/> says.</returns>
    public string ToHtml() => Sequence().ToHtml();

    private Strip Sequence()
    {
        List<(string Caption, IDisplay Display)> items = [(HtmlText.Count(Steps[0].Anchors.Count, "anchor"), new AnchorFigure(this))];
        foreach (MergingStep step in Steps)
        {
            string caption = string.Create(
                CultureInfo.InvariantCulture,
                $"iteration {step.Iteration}: {HtmlText.Count(step.Proposals.Count, "map")}, threshold {step.Threshold:0.###}");
            items.Add((caption, Look(step)));
        }

        items.Add(($"mask: {HtmlText.Count(Result.SegmentCount, "segment")}", Result));
        return new Strip(items) { ItemSide = 176 };
    }

    // Which map wins each pixel, the nearest token's winner: coarse, as the maps are. Maps are numbered by what they win,
    // as segments are by area, so that colours stay from step to step as far as the maps do.
    private MaskDisplay Look(MergingStep step)
    {
        ProposalSet maps = step.Proposals;
        ushort[] winners = ByArea(maps.Winners(), maps.Count);
        BilinearAxis rows = BilinearAxis.Create(maps.Height, Grid.OutputHeight, Grid.Top, Grid.SpanHeight);
        BilinearAxis columns = BilinearAxis.Create(maps.Width, Grid.OutputWidth, Grid.Left, Grid.SpanWidth);
        ushort[] labels = new ushort[Grid.OutputHeight * Grid.OutputWidth];
        for (int y = 0; y < Grid.OutputHeight; y++)
        {
            int row = rows.UpperWeight[y] < 0.5f ? rows.Lower[y] : rows.Upper[y];
            for (int x = 0; x < Grid.OutputWidth; x++)
            {
                int column = columns.UpperWeight[x] < 0.5f ? columns.Lower[x] : columns.Upper[x];
                labels[(y * Grid.OutputWidth) + x] = winners[(row * maps.Width) + column];
            }
        }

        return new MaskDisplay(labels, Grid.OutputHeight, Grid.OutputWidth, Result.Picture)
        {
            // Lines around each of hundreds of patches would hide them.
            Options = new OverlayOptions { Opacity = 0.65f, OutlineWidth = 0 },
            ShowLabels = false,
        };
    }

    private static ushort[] ByArea(ushort[] winners, int maps)
    {
        int[] won = new int[maps];
        foreach (ushort winner in winners)
        {
            won[winner]++;
        }

        ushort[] rank = new ushort[maps];
        ushort next = 0;
        foreach (int map in Enumerable.Range(0, maps).OrderByDescending(map => won[map]))
        {
            rank[map] = next++;
        }

        return Array.ConvertAll(winners, winner => rank[winner]);
    }

    // The picture with a dot where each anchor lies.
    private sealed class AnchorFigure(MergingTrace trace) : IFigure
    {
        private static readonly Rgb Dot = Palette.Standard[1];

        public byte[] ToPng() => Render(640).ToPng();

        public string ToHtml() => FragmentStyle.Fragment(ToHtml(640));

        public string ToHtml(int longestSide) => HtmlText.Image(
            Render(longestSide), $"The picture with {HtmlText.Count(trace.Steps[0].Anchors.Count, "anchor")}");

        public Raster Render(int longestSide)
        {
            MaskGrid grid = trace.Grid;
            (int height, int width) = PictureScaling.Fit(grid.OutputHeight, grid.OutputWidth, longestSide);
            Raster picture = trace.Result.Picture is { } shown
                ? PictureScaling.Scale(shown, height, width)
                : new Raster(height, width, Rgb.FromHex(0xE4E7EB));
            int tokens = trace.Steps[0].Proposals.Width;
            foreach (int anchor in trace.Steps[0].Anchors)
            {
                double y = (((anchor / tokens) + 0.5 - grid.Top) * height / grid.SpanHeight) - 0.5;
                double x = (((anchor % tokens) + 0.5 - grid.Left) * width / grid.SpanWidth) - 0.5;
                SpotMarks.Dot(picture, y, x, Dot);
            }

            return picture;
        }
    }
}
