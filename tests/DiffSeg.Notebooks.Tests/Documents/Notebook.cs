using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DiffSeg.Notebooks.Tests.Documents;

/// <summary>A notebook: its cells, and for each what it gave when it was last run.</summary>
/// <remarks>Read and written in Jupyter's format 4.5, with the metadata of .NET Interactive's C# kernel.</remarks>
public sealed record Notebook(IReadOnlyList<Cell> Cells, IReadOnlyList<CellOutput> Outputs)
{
    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        IndentSize = 1,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Notebook Load(string path)
    {
        JsonArray cells = JsonNode.Parse(File.ReadAllText(path))!["cells"]!.AsArray();
        return new Notebook(
            [.. cells.Select(cell => new Cell((string)cell!["cell_type"]! == "code", Text(cell["source"]!)))],
            [.. cells.Select(cell => Output(cell!["outputs"]?.AsArray() ?? []))]);
    }

    public string ToJson()
    {
        var document = new JsonObject
        {
            ["cells"] = new JsonArray([.. Cells.Select((cell, index) => CellJson(cell, Outputs[index], index))]),
            ["metadata"] = new JsonObject
            {
                ["kernelspec"] = new JsonObject { ["display_name"] = ".NET (C#)", ["language"] = "C#", ["name"] = ".net-csharp" },
                ["language_info"] = new JsonObject { ["file_extension"] = ".cs", ["mimetype"] = "text/x-csharp", ["name"] = "C#", ["pygments_lexer"] = "csharp" },
                ["polyglot_notebook"] = new JsonObject
                {
                    ["kernelInfo"] = new JsonObject
                    {
                        ["defaultKernelName"] = "csharp",
                        ["items"] = new JsonArray(new JsonObject { ["aliases"] = new JsonArray(), ["languageName"] = "csharp", ["name"] = "csharp" }),
                    },
                },
            },
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        };
        return document.ToJsonString(Layout) + "\n";
    }

    private static JsonObject CellJson(Cell cell, CellOutput output, int index)
    {
        var json = new JsonObject
        {
            ["cell_type"] = cell.IsCode ? "code" : "markdown",
            ["id"] = $"cell-{index + 1}",
        };
        if (cell.IsCode)
        {
            json["execution_count"] = null;
            json["metadata"] = new JsonObject
            {
                ["dotnet_interactive"] = new JsonObject { ["language"] = "csharp" },
                ["polyglot_notebook"] = new JsonObject { ["kernelName"] = "csharp" },
            };
            json["outputs"] = OutputJson(output);
        }
        else
        {
            json["metadata"] = new JsonObject();
        }

        json["source"] = Lines(cell.Source);
        return json;
    }

    private static JsonArray OutputJson(CellOutput output)
    {
        var outputs = new JsonArray();
        if (output.Text.Length > 0)
        {
            outputs.Add(new JsonObject { ["name"] = "stdout", ["output_type"] = "stream", ["text"] = Lines(output.Text) });
        }

        if (output.Html is { } html)
        {
            outputs.Add(new JsonObject
            {
                ["data"] = new JsonObject { ["text/html"] = Lines(html) },
                ["metadata"] = new JsonObject(),
                ["output_type"] = "display_data",
            });
        }

        return outputs;
    }

    private static CellOutput Output(JsonArray outputs)
    {
        JsonNode? stream = outputs.FirstOrDefault(output => (string)output!["output_type"]! == "stream");
        JsonNode? display = outputs.FirstOrDefault(output => (string)output!["output_type"]! == "display_data");
        return new CellOutput(
            stream is null ? "" : Text(stream["text"]!),
            display is null ? null : Text(display["data"]!["text/html"]!));
    }

    private static JsonArray Lines(string text)
    {
        string[] lines = text.Split('\n');
        return [.. lines.Select((line, index) => (JsonNode)(index < lines.Length - 1 ? line + "\n" : line)).Where(line => (string)line! != "")];
    }

    private static string Text(JsonNode lines) => string.Concat(lines.AsArray().Select(line => (string)line!));
}
