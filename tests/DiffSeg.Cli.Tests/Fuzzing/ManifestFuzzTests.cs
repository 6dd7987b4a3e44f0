using System.Text.Json;
using DiffSeg.Batches;
using DiffSeg.Cli.Batching.Guarding;
using DiffSeg.Cli.Batching.Listing;
using DiffSeg.Cli.Evaluating.Asking;
using DiffSeg.Cli.Evaluating.Journal;
using DiffSeg.Cli.Evaluating.Report.Results;
using DiffSeg.Cli.Models;
using DiffSeg.Cli.Tests.Evaluating.Report;
using DiffSeg.Cli.Tests.Support;
using DiffSeg.Fuzzing;

namespace DiffSeg.Cli.Tests.Fuzzing;

/// <summary>Lists of images, and the files that the tool reads back, as somebody changed them.</summary>
public sealed class ManifestFuzzTests : IDisposable
{
    // The names of a list are packed into blocks of a megabyte; a line has at most 65,536 characters, whatever the file.
    private static readonly FuzzMemory Lines = new(4 << 20, 60);

    private static readonly string[] Texts = ["a.jpg\nfolder/b c.jpg\r\n\nhäuser/d.png\n", "\uFEFFa.jpg\n../b.jpg"];

    private static readonly string[] Csv =
        ["path,id\na.jpg,1\n\"b, c.jpg\",\"say \"\"two\"\"\"\n", "id;path\n", "Image,height\r\na.jpg,5\r\nb.jpg,6\r\n", "note,path,id\n,a.jpg,\n"];

    private static readonly string[] Json =
        ["{\"path\": \"a.jpg\", \"id\": \"17\"}\n{\"image\": \"b.jpg\", \"id\": 18}\n", "{\"path\": \"\\u00e4.jpg\", \"id\": null, \"tags\": [1, {\"a\": 2}]}\n"];

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Lists_of_text() => Check("lists of text", ManifestKind.Text, Texts);

    [Fact]
    public void Lists_of_CSV() => Check("lists of CSV", ManifestKind.Csv, Csv);

    [Fact]
    public void Lists_of_JSON() => Check("lists of JSON", ManifestKind.JsonLines, Json);

    [Fact]
    public void Catalogues_of_models()
    {
        string[] seeds = [File.ReadAllText(Repository("models/catalogue.json"))];
        new Fuzz("catalogues", random => TextMutator.Mutate(random, seeds), bytes => ModelCatalogue.Read(new MemoryStream(bytes)))
        {
            Documented = [typeof(InvalidDataException)],
        }.Check();
    }

    [Fact]
    public void Journals_of_evaluations()
    {
        using JsonDocument draft = JsonDocument.Parse("""{"models":[],"runs":[{"name":"a","threshold":0.9}]}""");
        var header = new JournalHeader
        {
            Format = JournalHeader.CurrentFormat,
            Shard = 1,
            Shards = 2,
            Identity = new Dictionary<string, string> { ["data set"] = "made up", ["threshold"] = "0.9" },
            Images = ["a.jpg", "b.jpg"],
            Keys = ["run 1"],
            Draft = draft.RootElement,
        };
        var entry = new JournalEntry
        {
            Index = 1,
            Image = "b.jpg",
            Run = "run 1",
            Sums = draft.RootElement,
            Score = 0.5,
            Segments = 3,
            Times = new(1, 2, null, 3, 4, 5),
        };
        string[] seeds = [$"{JsonSerializer.Serialize(header, JournalJson.Default.JournalHeader)}\n{JsonSerializer.Serialize(entry, JournalJson.Default.JournalEntry)}\n"];
        new Fuzz("journals", random => TextMutator.Mutate(random, seeds), bytes => JournalContents.Read(Written(bytes, "journal.jsonl")))
        {
            Documented = [typeof(SetupException)],
        }.Check();
    }

    [Fact]
    public void Metrics_of_evaluations()
    {
        MetricsFile.Write(_folder["metrics.json"], SampleEvaluation.Of(classes: 3, images: 2));
        string[] seeds = [File.ReadAllText(_folder["metrics.json"])];
        new Fuzz("metrics.json", random => TextMutator.Mutate(random, seeds), bytes => MetricsFile.Read(Written(bytes, "metrics.json")))
        {
            Documented = [typeof(InvalidDataException)],
            Share = 0.1,
        }.Check();
    }

    // What cannot be read is no evidence; nothing is thrown.
    [Fact]
    public void Suspicions()
    {
        string[] seeds = ["""{"index":7,"image":"a.jpg","plan":"p","deaths":1,"take_longer_than":2.5}"""];
        new Fuzz("suspicions", random => TextMutator.Mutate(random, seeds), bytes =>
        {
            string folder = _folder[$"suspects-{Environment.CurrentManagedThreadId}"];
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(Path.Combine(folder, "suspect-000000007.json"), bytes);
            var suspects = new Suspects(folder, "p", TimeSpan.FromSeconds(1));
            _ = suspects.Verdict(7);
            _ = suspects.All.Count > 0 ? 0 : throw new InvalidDataException("nothing was read");
        })
        {
            Documented = [typeof(InvalidDataException)],
        }.Check();
    }

    // As a batch reads it: to its end, each id once.
    private static void Check(string name, ManifestKind kind, string[] seeds) => new Fuzz(name, random => TextMutator.Mutate(random, seeds), bytes =>
    {
        IEnumerable<ListedImage> images = ManifestReader.Read(new MemoryStream(bytes), kind, name)
            .Select(entry => new ListedImage(entry.Id ?? entry.Path, entry.Path, "/", $"line {entry.Line}"));
        BatchList list = BatchList.Read(images, new BatchOptions { ChunkSize = 2 }, new Shard(1, 1), CancellationToken.None);
        Assert.Equal(list.Plan.ImageCount, list.Count);
        _ = list[list.Count - 1];
    })
    {
        Documented = [typeof(SetupException)],
        Memory = Lines,
    }.Check();

    private string Written(byte[] bytes, string name)
    {
        string path = _folder[$"{Environment.CurrentManagedThreadId}-{name}"];
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static string Repository(string path)
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "DiffSeg.MLNet.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return Path.Combine(folder, path);
    }
}
