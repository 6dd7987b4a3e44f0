using System.Text.Json;

namespace DiffSeg.Onnx.StableDiffusion;

/// <summary>One of an export's JSON files: an object with settings.</summary>
internal sealed class JsonConfig
{
    private const string Expected = "JSON, one object";

    private readonly JsonElement _root;

    private JsonConfig(string path, JsonElement root)
    {
        Path = path;
        _root = root;
    }

    public string Path { get; }

    /// <summary>Reads the file; null when there is none.</summary>
    /// <exception cref="AttentionModelException">It is not JSON; the message says where it breaks.</exception>
    public static JsonConfig? ReadIfPresent(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            // Through a stream: a byte order mark, as editors on Windows write, is then passed over.
            using FileStream stream = File.OpenRead(path);
            using JsonDocument document = JsonDocument.Parse(stream);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new JsonConfig(path, document.RootElement.Clone())
                : throw new AttentionModelException(
                    path, Expected, $"JSON of another kind ({document.RootElement.ValueKind})", "Fetch the file again.");
        }
        catch (JsonException cause)
        {
            throw new AttentionModelException(
                path, Expected,
                $"a break in line {cause.LineNumber + 1}, byte {cause.BytePositionInLine + 1}",
                "Fetch the file again, or mend it there.", cause);
        }
    }

    public JsonElement? this[string key] => _root.TryGetProperty(key, out JsonElement value) ? value : null;

    /// <summary>The string under a key; null when there is none or something else.</summary>
    /// <exception cref="AttentionModelException">It is text that no Unicode can be: half a pair, bytes that are not UTF-8.</exception>
    public string? Text(string key) => this[key] is { ValueKind: JsonValueKind.String } value ? Text(value, key) : null;

    /// <summary>The text of a string of this file.</summary>
    /// <param name="value">The string.</param>
    /// <param name="key">What it is, for the message.</param>
    /// <exception cref="AttentionModelException">As for the other.</exception>
    public string Text(JsonElement value, string key)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException cause)
        {
            throw new AttentionModelException(Path, $"text as '{key}'", "bytes that are none", "Fetch the file again, or mend it.", cause);
        }
    }

    /// <summary>The whole number under a key; null when there is none or something else.</summary>
    public int? Integer(string key) =>
        this[key] is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out int number) ? number : null;
}
