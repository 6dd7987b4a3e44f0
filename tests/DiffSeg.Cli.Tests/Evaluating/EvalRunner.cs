using System.Text.Json.Nodes;
using DiffSeg.Cli.Tests.Support;

namespace DiffSeg.Cli.Tests.Evaluating;

/// <summary>Runs "diffseg eval" on a made-up data set with a small model, in a folder of its own.</summary>
internal sealed class EvalRunner : IDisposable
{
    public EvalRunner(int images = 4)
    {
        Tool = new ToolRun(Folder.Path);
        MadeUpSet.Write(Folder, images);
        SmallModel.Write(Folder["small.onnx"]);
    }

    public TestFolder Folder { get; } = new();

    public ToolRun Tool { get; }

    /// <summary>The command line without what the tests are about.</summary>
    public static string[] Usual { get; } = ["eval", "folder", "--root", "set", "--model", "small.onnx", "--size", "64", "--anchors", "8"];

    public Task<(int Code, string Output, string Error)> Run(string output, params string[] arguments) =>
        Tool.Run([.. Usual, "--output", output, .. arguments]);

    /// <summary>Runs it, and nothing goes wrong.</summary>
    public async Task<string> Good(string output, params string[] arguments)
    {
        (int code, string text, string error) = await Run(output, arguments);
        Assert.Equal((0, ""), (code, error));
        return text;
    }

    public JsonObject Metrics(string output) => JsonNode.Parse(File.ReadAllText(Folder[$"{output}/metrics.json"]))!.AsObject();

    /// <summary>metrics.json without what no two runs have in common: times and memory.</summary>
    public string Figures(string output)
    {
        JsonObject metrics = Metrics(output);
        metrics.Remove("finished");
        foreach (JsonNode? run in metrics["runs"]!.AsArray())
        {
            run!.AsObject().Remove("stages");
            run.AsObject().Remove("peak_memory_bytes");
        }

        return metrics.ToJsonString();
    }

    public string[] Journal(string output, string name = "journal.jsonl") => File.ReadAllLines(Folder[$"{output}/{name}"]);

    public void Dispose() => Folder.Dispose();
}
