using System.Text;
using CsCheck;
using DiffSeg.Cli.Batching.Listing;

namespace DiffSeg.Cli.Tests.Batching.Listing;

/// <summary>Lists of images, good and bad.</summary>
public class ManifestReaderTests
{
    [Theory]
    [InlineData("a.jpg\nb c.jpg\n")]
    [InlineData("a.jpg\r\n\r\nb c.jpg")]
    [InlineData("\uFEFFa.jpg\n  \nb c.jpg\n\n")]
    public void Text_is_a_path_per_line(string text) =>
        Assert.Equal([("a.jpg", null), ("b c.jpg", null)], Read(ManifestKind.Text, text));

    [Theory]
    [InlineData("path\na.jpg\n\"b, c.jpg\"\n")]
    [InlineData("\uFEFFsize,Image\r\n1,a.jpg\r\n2,\"b, c.jpg\"")]
    public void Csv_has_a_header(string text) =>
        Assert.Equal([("a.jpg", null), ("b, c.jpg", null)], Read(ManifestKind.Csv, text));

    [Fact]
    public void Csv_may_have_ids_and_quotes() => Assert.Equal(
        [("a \"b\".jpg", "1"), ("c.jpg", "two")],
        Read(ManifestKind.Csv, "id,path\n1,\"a \"\"b\"\".jpg\"\ntwo,c.jpg\n"));

    [Fact]
    public void Json_lines_have_the_same_keys() => Assert.Equal(
        [("a.jpg", null), ("b.jpg", "17"), ("ä.jpg", "x")],
        Read(ManifestKind.JsonLines, "{\"path\": \"a.jpg\", \"size\": 3}\n\n{\"image\": \"b.jpg\", \"id\": 17}\n{\"path\": \"\\u00e4.jpg\", \"id\": \"x\"}"));

    [Theory]
    [InlineData("txt", "a\0b.jpg", "line 1 has a control character in its path")]
    [InlineData("csv", "name\na.jpg", "line 1 must be a header with one column 'path' (or 'image') and perhaps 'id'; it has 'name'")]
    [InlineData("csv", "path,image\na,b", "line 1 must be a header")]
    [InlineData("csv", "path,id\na.jpg,1\nb.jpg", "line 3 has 1 columns where the header has 2")]
    [InlineData("csv", "path,id\na.jpg,\n", "line 2 has no id")]
    [InlineData("csv", "path\n\"a.jpg\" x\n", "line 2 is not CSV")]
    [InlineData("jsonl", "{\"path\": \"a.jpg\"}\n{\"path\": 3}", "line 2 has a 'path' that is no text")]
    [InlineData("jsonl", "{\"file\": \"a.jpg\"}", "line 1 has no 'path' (nor 'image')")]
    [InlineData("jsonl", "{\"path\": \"a.jpg\", \"image\": \"b.jpg\"}", "line 1 has both 'path' and 'image'")]
    [InlineData("jsonl", "[\"a.jpg\"]", "line 1 is no JSON object")]
    [InlineData("jsonl", "{\"path\": \"a.jpg\"", "line 1 is not JSON")]
    [InlineData("jsonl", "{\"path\": \"\\ud800\"}", "line 1 is not JSON")]
    [InlineData("jsonl", "{\"path\": \"  \"}", "line 1 has no path")]
    public void Bad_line_is_named(string kind, string text, string expected)
    {
        string said = Assert.Throws<SetupException>(() => Read(Kind(kind), text)).Message;

        Assert.StartsWith("The list of images 'list': ", said, StringComparison.Ordinal);
        Assert.Contains(expected, said, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_of_another_encoding_is_told()
    {
        using var stream = new MemoryStream([.. "a.jpg\n"u8, 0xE4, (byte)'\n']);
        Assert.Contains("is not UTF-8", Assert.Throws<SetupException>(() => ManifestReader.Read(stream, ManifestKind.Text, "list").ToArray()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("txt")]
    [InlineData("csv")]
    [InlineData("jsonl")]
    public void File_without_lines_is_refused_before_it_fills_the_memory(string kind)
    {
        string head = kind == "csv" ? "path\n\"" : "";
        using var endless = new Endless(Encoding.UTF8.GetBytes(head));

        Assert.Throws<SetupException>(() => ManifestReader.Read(endless, Kind(kind), "list").ToArray());

        Assert.InRange(endless.Given, BoundedLines.Longest, 16 * BoundedLines.Longest);
    }

    [Fact]
    public void Kind_is_told_by_the_name() => Assert.Equal(
        [ManifestKind.Text, ManifestKind.Csv, ManifestKind.JsonLines, ManifestKind.JsonLines, null],
        new[] { "a.txt", "b/C.CSV", "d.jsonl", "e.ndjson", "f.png" }.Select(ManifestReader.KindOf));

    [Fact]
    public void Whatever_the_bytes_there_is_a_list_or_a_reason()
    {
        string[] seeds = ["path,id\n\"a, b.jpg\",1\nc.jpg,2\n", "{\"path\": \"a.jpg\", \"id\": 3}\n{\"image\": \"b.jpg\"}\n", "a.jpg\nb.jpg\n"];
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 2], Gen.Select(Gen.Int[0, 60], Gen.Byte).Array[0, 8], Gen.Int[0, 60]).Sample(
            (seed, kind, changes, cut) =>
            {
                byte[] bytes = Encoding.UTF8.GetBytes(seeds[seed]);
                foreach ((int at, byte value) in changes)
                {
                    bytes[at % bytes.Length] = value;
                }

                using var stream = new MemoryStream(bytes[..Math.Min(cut, bytes.Length)]);
                try
                {
                    Assert.All(ManifestReader.Read(stream, (ManifestKind)kind, "list"), entry => Assert.False(string.IsNullOrWhiteSpace(entry.Path)));
                }
                catch (SetupException refused)
                {
                    Assert.StartsWith("The list of images 'list'", refused.Message, StringComparison.Ordinal);
                }
            },
            iter: 10_000);
    }

    private static ManifestKind Kind(string extension) => ManifestReader.KindOf($"list.{extension}")!.Value;

    private static (string Path, string? Id)[] Read(ManifestKind kind, string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return [.. ManifestReader.Read(stream, kind, "list").Select(entry => (entry.Path, entry.Id))];
    }

    /// <summary>A head, and then the letter x for ever.</summary>
    private sealed class Endless(byte[] head) : Stream
    {
        public long Given { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => Given; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            for (int i = 0; i < count; i++, Given++)
            {
                buffer[offset + i] = Given < head.Length ? head[Given] : (byte)'x';
            }

            return count;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
