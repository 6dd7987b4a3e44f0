using DiffSeg.Display;
using DiffSeg.Tests.Pictures;

namespace DiffSeg.Tests.Display;

public class DisplayTableTests
{
    [Fact]
    public void Html_is_a_table_with_texts_encoded_and_numbers_to_the_right()
    {
        string html = new DisplayTable("a < b", ["what", "number", "text"], [["x & y", "0.5 ± 0.1", "v2"], ["z", "-", "<i>"]]).ToHtml();
        Assert.Contains("<caption>a &lt; b</caption>", html);
        Assert.Contains("<th scope=\"col\" class=\"ds-number\">number</th><th scope=\"col\" class=\"ds-wrap\">text</th>", html);
        Assert.Contains("<th scope=\"row\">x &amp; y</th><td class=\"ds-number\">0.5 &#177; 0.1</td><td class=\"ds-wrap\">v2</td>", html);
        Assert.Contains("&lt;i&gt;", html);
    }

    [Fact]
    public void A_table_without_headings_or_title_has_none()
    {
        string html = new DisplayTable("", ["", ""], [["a", "b"]]).ToHtml();
        Assert.DoesNotContain("<thead", html);
        Assert.DoesNotContain("<caption", html);
    }

    [Fact]
    public void The_picture_has_every_row_and_is_cut_where_a_text_is_too_long()
    {
        PngPixels two = PngPixels.Decode(new DisplayTable("t", ["a", "b"], [["x", "1"], ["y", "2"]]).ToPng());
        PngPixels three = PngPixels.Decode(new DisplayTable("t", ["a", "b"], [["x", "1"], ["y", "2"], [new string('w', 500), "3"]]).ToPng());
        Assert.Equal(two.Height + 30, three.Height);
        Assert.InRange(three.Width, 600, 900);
        Assert.InRange(three.Rgba.Count(value => value == 0x24), 300, 20000);
    }

    [Fact]
    public void Rows_must_fit()
    {
        Assert.Contains("Row 1", Assert.Throws<ArgumentException>("rows", () => new DisplayTable("", ["a"], [["1"], ["1", "2"]])).Message);
        Assert.Throws<ArgumentException>("columns", () => new DisplayTable("", [], []));
    }
}
