using System.Text.Json;
using DiffSeg.Cli.Tests.Evaluating;
using DiffSeg.Cli.Tests.Support;

namespace DiffSeg.Cli.Tests.Batching;

/// <summary>Runs "diffseg batch" inside the test, over pictures of its own with a small model, in a folder of its own.</summary>
internal sealed class BatchRunner : IDisposable
{
    /// <summary>Pictures that are broken, by their number, in every way that a file can be without costing time.</summary>
    private static readonly Action<TestFolder, string>[] Breaks =
    [
        (folder, name) => folder.Write(name, []),
        (folder, name) => folder.Write(name, "a text, not a picture"u8),
        (folder, name) => folder.Write(name, File.ReadAllBytes(folder["pictures/000.png"])[..100]),
        (folder, name) => folder.Write(name, Huge),
    ];

    // A small model and small chunks; what a test gives itself is left out.
    private static readonly (string Option, string Value)[] Usual =
        [("--model", "small.onnx"), ("--anchors", "8"), ("--chunk-size", "4"), ("--threads", "1"), ("--min-free", "0")];

    public BatchRunner(int images = 12, int everyBroken = 0, bool real = true)
    {
        Tool = new ToolRun(Folder.Path) { Real = real, Clock = TimeProvider.System };
        SmallModel.Write(Folder["small.onnx"]);
        for (int i = 0; i < images; i++)
        {
            string name = $"pictures/{i:D3}.png";
            if (everyBroken > 0 && i % everyBroken == everyBroken - 1)
            {
                Breaks[i / everyBroken % Breaks.Length](Folder, name);
                Broken++;
            }
            else
            {
                TestPicture.SaveFields(Folder[name], 40 + (i % 7), 30 + (i % 5));
            }
        }
    }

    public TestFolder Folder { get; } = new();

    public ToolRun Tool { get; set; }

    /// <summary>How many of the pictures are broken.</summary>
    public int Broken { get; }

    /// <summary>The whole command line.</summary>
    public static string[] Command(string output, params string[] arguments) =>
    [
        "batch", "pictures", "--output", output,
        .. Usual.Where(usual => !arguments.Contains(usual.Option)).SelectMany(usual => new[] { usual.Option, usual.Value }),
        .. arguments,
    ];

    public Task<(int Code, string Output, string Error)> Run(string output, params string[] arguments) =>
        Tool.Run(Command(output, arguments));

    /// <summary>Runs it, and nothing goes wrong.</summary>
    public async Task<string> Good(string output, params string[] arguments)
    {
        (int code, string text, string error) = await Run(output, arguments);
        Assert.True(code == 0, error);
        return text;
    }

    /// <summary>All that a batch is, byte by byte: what tells of the work is left out.</summary>
    public Dictionary<string, string> Result(string output) => Folder.Files
        .Where(file => file.StartsWith(output + "/", StringComparison.Ordinal))
        .Select(file => file[(output.Length + 1)..])
        .Where(name => !name.StartsWith("heartbeat-", StringComparison.Ordinal) && (!name.StartsWith('.') || name.EndsWith(".tmp", StringComparison.Ordinal)))
        .ToDictionary(name => name, name => Convert.ToHexString(File.ReadAllBytes(Folder[$"{output}/{name}"])));

    /// <summary>The status rows of all chunks, in order.</summary>
    public JsonElement[] Rows(string output) =>
    [
        .. Folder.Files
            .Where(file => file.StartsWith(output + "/", StringComparison.Ordinal) && file.EndsWith(".status.jsonl", StringComparison.Ordinal))
            .SelectMany(file => File.ReadLines(Folder[file]))
            .Select(Json),
    ];

    /// <summary>Why an image failed; null where it did not.</summary>
    public string? Reason(string output, int index) =>
        Rows(output).Single(row => row.GetProperty("index").GetInt32() == index).TryGetProperty("reason", out JsonElement reason) ? reason.GetString() : null;

    /// <summary>The lines of a log, each with what it says and its number.</summary>
    public static (int Event, string Message, JsonElement State)[] Log(string error) => JsonLog.Lines(error);

    public void Dispose() => Folder.Dispose();

    private static JsonElement Json(string line)
    {
        using var document = JsonDocument.Parse(line);
        return document.RootElement.Clone();
    }

    // The head of a PNG of 60,000 x 60,000 pixels, and its last chunk: 45 bytes that would unpack to 14 GB.
    private static byte[] Huge =>
    [
        0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A,
        0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60, 8, 6, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
    ];
}
