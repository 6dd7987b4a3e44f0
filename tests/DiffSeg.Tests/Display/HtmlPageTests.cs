using DiffSeg.Display;
using DiffSeg.Tests.DataSets;

namespace DiffSeg.Tests.Display;

public class HtmlPageTests
{
    [Fact]
    public void Lines_after_lines_stand_in_one_block()
    {
        string page = new HtmlPage("t").Code("one").Code("two").Paragraph("p").Code("three").ToString();

        Assert.Contains("<pre><code>one\ntwo</code></pre>", page, StringComparison.Ordinal);
        Assert.Contains("<pre><code>three</code></pre>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_are_encoded_whatever_stands_in_them()
    {
        string page = new HtmlPage("a <b> & \"c\"").Heading("<script>").Paragraph("1 < 2 & `x < y` and a lone ` tick")
            .Code("List<int>\n  x;").Add(new Fake("<i>seen</i>"), "from <here>").ToString();

        Assert.Contains("<title>a &lt;b&gt; &amp; &quot;c&quot;</title>", page);
        Assert.Contains("<h1>a &lt;b&gt; &amp; &quot;c&quot;</h1>", page);
        Assert.Contains("<h2>&lt;script&gt;</h2>", page);
        Assert.Contains("<p>1 &lt; 2 &amp; <code>x &lt; y</code> and a lone ` tick</p>", page);
        Assert.Contains("<pre><code>List&lt;int&gt;\n  x;</code></pre>", page);
        Assert.Contains("<figure><i>seen</i><figcaption>from &lt;here&gt;</figcaption></figure>", page);
        Assert.StartsWith("<!DOCTYPE html>", page);
        Assert.Contains("prefers-color-scheme:dark", page);
    }

    [Fact]
    public void The_looks_of_displays_are_in_the_page_once()
    {
        MaskDisplay mask = new(new ushort[] { 0, 1 }, 1, 2);
        string page = new HtmlPage("t").Add(mask).Add(mask).ToString();
        Assert.Equal(2, page.Split(".diffseg{").Length);
        Assert.Equal(3, page.Split("<div class=\"diffseg\">").Length);
    }

    [Fact]
    public void A_page_is_saved_whole_and_replaces_an_old_one()
    {
        using var folder = new TestFolder();
        string path = folder.Write("page.html", [1, 2, 3]);
        HtmlPage page = new HtmlPage("Größe").Paragraph("x");
        page.Save(path);
        Assert.Equal(page.ToString(), File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(folder.Root));
    }

    [Fact]
    public void A_place_that_cannot_be_is_named_and_nothing_is_left_there()
    {
        using var folder = new TestFolder();
        HtmlPage page = new("t");
        Assert.Contains("there is no folder", Assert.Throws<DirectoryNotFoundException>(() => page.Save(folder["missing/page.html"])).Message);
        Assert.Contains("is a folder", Assert.Throws<IOException>(() => page.Save(folder.Root)).Message);
        Assert.Throws<ArgumentException>("path", () => page.Save(""));
        Assert.Throws<ArgumentException>("title", () => new HtmlPage(" "));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Root));
    }

    private sealed class Fake(string html) : IDisplay
    {
        public byte[] ToPng() => [];

        public string ToHtml() => html;
    }
}
