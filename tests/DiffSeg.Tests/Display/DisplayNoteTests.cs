using DiffSeg.Display;
using DiffSeg.Pictures.Drawing;
using DiffSeg.Tests.Pictures;

namespace DiffSeg.Tests.Display;

public class DisplayNoteTests
{
    private const string Reason = "is cut off: the end of the JPEG is missing";

    [Fact]
    public void The_text_stands_on_a_card()
    {
        PngPixels png = PngPixels.Decode(new DisplayNote(Reason).ToPng());

        Assert.Equal((192, 288), (png.Height, png.Width));
        (int Y, int X)[] ink = [.. Ink(png)];
        Assert.InRange(ink.Length, 500, 8000);
        Assert.All(ink, at => Assert.True(at is { Y: > 40 and < 150, X: > 10 and < 278 }, $"{at}"));
        Assert.NotEqual(png[100, 100], png[0, 0]);
    }

    [Fact]
    public void Html_has_the_text_encoded()
    {
        string html = new DisplayNote("a <b> & c").ToHtml();
        Assert.Contains(">a &lt;b&gt; &amp; c</div>", html);
        Assert.DoesNotContain("<b>", html);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(30)]
    [InlineData(100)]
    [InlineData(1000)]
    public void A_strip_has_it_at_the_size_of_its_pictures(int side)
    {
        Strip strip = new(("x.jpg", new DisplayNote($"{Reason}, and {new string('w', 400)}"))) { ItemSide = side };
        PngPixels png = PngPixels.Decode(strip.ToPng());
        Assert.Equal((12 + (side * 2 / 3) + 15 + 12, 12 + side + 12), (png.Height, png.Width));
        Assert.Contains($"width:{side}px", strip.ToHtml());
        Assert.Contains("<figcaption>x.jpg</figcaption>", strip.ToHtml());

        // Nothing runs over the card's edge.
        Assert.All(Ink(png).Where(at => at.Y < 12 + (side * 2 / 3)), at => Assert.InRange(at.X, 12, 12 + side - 1));
    }

    [Fact]
    public void A_note_says_something()
    {
        Assert.Throws<ArgumentException>("text", () => new DisplayNote(" "));
        Assert.Throws<ArgumentNullException>("text", () => new DisplayNote(null!));
        Assert.Equal(Reason, new DisplayNote(Reason).Text);
    }

    [Theory]
    [InlineData("one two three", 7, "one two|three")]
    [InlineData("one two three", 3, "one|two|thr|ee")]
    [InlineData("  one\n two ", 100, "one two")]
    [InlineData("abc", 0, "a|b|c")]
    [InlineData("", 10, "")]
    public void Lines_break_between_words_and_within_long_ones(string text, int characters, string lines)
        => Assert.Equal(lines.Split('|', StringSplitOptions.RemoveEmptyEntries), SmallFont.Wrap(text, 2, 2 * characters * SmallFont.Advance));

    private static IEnumerable<(int Y, int X)> Ink(PngPixels png) =>
        from y in Enumerable.Range(0, png.Height)
        from x in Enumerable.Range(0, png.Width)
        where png[y, x].Red < 0x30
        select (y, x);
}
