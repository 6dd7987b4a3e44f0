using DiffSeg.Batches;
using DiffSeg.Cli.Batching.Listing;
using DiffSeg.Cli.CommandLine;
using DiffSeg.Cli.Evaluating.Asking;
using DiffSeg.Cli.Tests.Support;

namespace DiffSeg.Cli.Tests.Batching.Listing;

/// <summary>Which images a batch has, what they are called, and which of them a shard keeps.</summary>
public sealed class BatchListTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Folder_gives_names_that_do_not_tell_where_it_lies()
    {
        _folder.Touch("photos/b.jpg");
        _folder.Touch("photos/a.jpg");
        _folder.Touch("photos/in/c.jpg");
        _folder.Touch("photos/notes.txt");

        Assert.Equal(["a.jpg", "b.jpg"], Names("photos"));
        Assert.Equal(["a.jpg", "b.jpg", "in/c.jpg"], Names(new InputSettings([_folder["photos"]], Recursive: true)));
        Assert.Equal(["a.jpg", "b.jpg", "in/c.jpg"], Names("photos/**/*.jpg"));
        Assert.Equal(["b.jpg", "a.jpg"], Names("photos/b.jpg", _folder["photos/a.jpg"]));
    }

    [Fact]
    public void List_gives_paths_from_its_own_folder_and_names_as_written()
    {
        _folder.Write("lists/day.csv", "path,id\n../photos/a.jpg,first\n/elsewhere/b.jpg,second\n"u8);
        _folder.Write("lists/night.txt", "x/c.jpg\n"u8);

        BatchList list = Read(new InputSettings(["lists/day.csv", "lists/night.txt"], false));

        Assert.Equal(
            [(_folder["photos/a.jpg"], "first"), (Path.GetFullPath("/elsewhere/b.jpg"), "second"), (_folder["lists/x/c.jpg"], "x/c.jpg")],
            Enumerable.Range(0, 3).Select(i => (list[i].Path, list[i].Name)));
    }

    [Fact]
    public void Standard_input_is_a_list_from_the_working_folder()
    {
        BatchList list = Read(new InputSettings(["-"], false), input: "a.jpg\nin/b.jpg\n");

        Assert.Equal([_folder["a.jpg"], _folder["in/b.jpg"]], Enumerable.Range(0, 2).Select(i => list[i].Path));
        Assert.Contains("give it once", Assert.Throws<SetupException>(() => Read(new InputSettings(["-", "-"], false))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.jpg\nb.jpg\na.jpg\n", "list.txt, line 3: another image before it is called 'a.jpg' too")]
    [InlineData("\n\n", "The list holds no images.")]
    public void List_that_cannot_be_done_is_refused(string text, string expected)
    {
        _folder.Write("list.txt", System.Text.Encoding.UTF8.GetBytes(text));
        Assert.StartsWith(expected, Assert.Throws<SetupException>(() => Read(new InputSettings(["list.txt"], false))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_folders_with_the_same_names_need_a_list()
    {
        _folder.Touch("one/a.jpg");
        _folder.Touch("two/a.jpg");

        string said = Assert.Throws<SetupException>(() => Names("one", "two")).Message;

        Assert.StartsWith($"{Path.Combine("two", "a.jpg")}: another image before it is called 'a.jpg' too.", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 3)]
    [InlineData(3, 3)]
    [InlineData(1, 1)]
    [InlineData(4, 4)]
    public void Shard_keeps_the_images_of_its_own_chunks(int number, int count)
    {
        _folder.Write("list.txt", System.Text.Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 23).Select(i => $"{i}.jpg"))));
        var shard = new Shard(number, count);

        BatchList list = Read(new InputSettings(["list.txt"], false), shard);

        int[] own = [.. Enumerable.Range(0, 23).Where(i => shard.Has(i / 5))];
        Assert.Equal(own.Length, list.Count);
        Assert.Equal(own.Select(i => $"{i}.jpg"), own.Select(i => list[i].Name));
        Assert.Equal(own.Select(i => i / 5).Distinct(), list.Chunks);
        Assert.Equal(Read(new InputSettings(["list.txt"], false)).Plan.Sha256, list.Plan.Sha256);
    }

    [Fact]
    public void Many_texts_take_little_memory_and_come_back()
    {
        var texts = new PackedTexts();
        string[] given = [.. Enumerable.Range(0, 50_000).Select(i => i % 1000 == 0 ? new string('ü', 100 * (i / 1000)) : $"folder/{i}/ä.jpg")];

        Array.ForEach(given, texts.Add);
        texts.Add(new string('x', 3 << 20));
        texts.Add("");

        Assert.Equal(given.Length + 2, texts.Count);
        Assert.Equal(given, Enumerable.Range(0, given.Length).Select(i => texts[i]));
        Assert.Equal((3 << 20, ""), (texts[given.Length].Length, texts[given.Length + 1]));
    }

    private string[] Names(params string[] inputs) => Names(new InputSettings(inputs, Recursive: false));

    private string[] Names(InputSettings input)
    {
        BatchList list = Read(input);
        return [.. Enumerable.Range(0, list.Count).Select(i => list[i].Name)];
    }

    private BatchList Read(InputSettings settings, Shard? shard = null, string input = "")
    {
        var inputs = new BatchInputs(_folder.Path, () => new MemoryStream(System.Text.Encoding.UTF8.GetBytes(input)));
        return BatchList.Read(inputs.Find(settings), new BatchOptions { ChunkSize = 5 }, shard ?? Shard.Whole, TestContext.Current.CancellationToken);
    }
}
