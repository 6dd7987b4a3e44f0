using System.Text.RegularExpressions;
using DiffSeg.Tests.Pictures;

namespace DiffSeg.Tests.Display;

public class ProposalSetDisplayTests
{
    [Fact]
    public void Maps_come_in_the_order_of_what_they_win()
    {
        // Map k is hot in row k; rows are shared out 1, 3 and 4 by weight.
        ProposalSet maps = Rows([0, 1, 1, 1, 2, 2, 2, 2], 3);
        string html = maps.ToHtml();
        Assert.Equal(["2 wins 50%", "1 wins 38%", "0 wins 13%"], Captions(html));
        PngPixels first = Images(html)[0];
        Assert.Equal((8, 8), (first.Height, first.Width));
        Assert.True(first[7, 3].Red > first[0, 3].Red);
    }

    [Fact]
    public void Only_24_are_shown_and_the_rest_is_counted()
    {
        ProposalSet maps = Rows([.. Enumerable.Range(0, 40).Select(i => i % 30)], 30);
        string html = maps.ToHtml();
        Assert.Equal(24, Images(html).Length);
        Assert.Contains("and 6 more maps", html);
        PngPixels png = PngPixels.Decode(maps.ToPng());
        Assert.True(png.Width > 6 * 20 && png.Height > 4 * 100);
    }

    [Fact]
    public void No_maps_are_no_error()
    {
        ProposalSet none = new([], 0, 8, 8);
        Assert.Contains("no attention maps", none.ToHtml());
        Assert.True(PngPixels.Decode(none.ToPng()).Width > 100);
    }

    // As many rows as there are entries, eight columns; in each row the named map is hot.
    private static ProposalSet Rows(int[] hot, int count)
    {
        float[] values = new float[count * hot.Length * 8];
        for (int row = 0; row < hot.Length; row++)
        {
            values.AsSpan((hot[row] * hot.Length * 8) + (row * 8), 8).Fill(0.1f);
        }

        return new ProposalSet(values, count, hot.Length, 8);
    }

    private static IEnumerable<string> Captions(string html) =>
        Regex.Matches(html, "<figcaption>([^<]*)</figcaption>").Select(match => match.Groups[1].Value);

    private static PngPixels[] Images(string html) =>
        [.. Regex.Matches(html, "data:image/png;base64,([^\"]+)\"").Select(match => PngPixels.Decode(Convert.FromBase64String(match.Groups[1].Value)))];
}
