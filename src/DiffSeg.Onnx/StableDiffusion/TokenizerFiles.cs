using System.Globalization;
using System.Text.Json;

namespace DiffSeg.Onnx.StableDiffusion;

/// <summary>The files of a tokenizer folder, as far as they say which token is which.</summary>
internal sealed class TokenizerFiles
{
    private readonly JsonConfig? _special;
    private readonly JsonConfig? _config;
    private readonly JsonConfig? _vocabulary;
    private readonly JsonConfig? _fast;

    private TokenizerFiles(string folder)
    {
        Folder = folder;
        _special = Read("special_tokens_map.json");
        _config = Read("tokenizer_config.json");
        _vocabulary = Read("vocab.json");
        _fast = Read("tokenizer.json");
    }

    public string Folder { get; }

    /// <summary>Full paths of the files that were read.</summary>
    public IReadOnlyList<string> Paths =>
        [.. new[] { _special, _config, _vocabulary, _fast }.OfType<JsonConfig>().Select(f => f.Path)];

    /// <summary>The tokenizer's class, for example <c>CLIPTokenizer</c>; null when the files do not say.</summary>
    public string? Class => _config?.Text("tokenizer_class");

    /// <summary>The longest prompt; null when the files do not say.</summary>
    public int? Length => _config?.Integer("model_max_length") is > 0 and var length ? length : null;

    /// <summary>The tokenizer of a text encoder, in the folder beside the encoder's; null when the export has none.</summary>
    /// <exception cref="AttentionModelException">One of its files is broken.</exception>
    public static TokenizerFiles? Beside(ModelPart encoder)
    {
        string folder = Path.Combine(
            Path.GetDirectoryName(encoder.Folder) ?? encoder.Folder,
            encoder.Role.Replace("text_encoder", "tokenizer", StringComparison.Ordinal));
        return Directory.Exists(folder) ? new TokenizerFiles(folder) : null;
    }

    /// <summary>The text of a special token, for example of <c>pad_token</c>; null when the files do not say.</summary>
    public string? Token(string role)
    {
        foreach (JsonConfig? file in (JsonConfig?[])[_special, _config])
        {
            // Either the text, or an object that has it as its content.
            if ((Entry(file?[role], "content") ?? file?[role]) is { ValueKind: JsonValueKind.String } text)
            {
                return file!.Text(text, role);
            }
        }

        return null;
    }

    /// <summary>The number of a token; null when the files do not say.</summary>
    public int? Number(string token) => Whole(_vocabulary?[token]) ?? Whole(Entry(Entry(_fast?["model"], "vocab"), token)) ?? Added(token);

    // tokenizer_config.json, "added_tokens_decoder": { "49406": { "content": "<|startoftext|>", ... }, ... }
    private int? Added(string token)
    {
        if (_config?["added_tokens_decoder"] is not { ValueKind: JsonValueKind.Object } tokens)
        {
            return null;
        }

        foreach (JsonProperty entry in tokens.EnumerateObject())
        {
            if (Entry(entry.Value, "content") is { ValueKind: JsonValueKind.String } content && content.ValueEquals(token)
                && int.TryParse(entry.Name, NumberStyles.None, CultureInfo.InvariantCulture, out int id))
            {
                return id;
            }
        }

        return null;
    }

    private static JsonElement? Entry(JsonElement? parent, string key) =>
        parent is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(key, out JsonElement value) ? value : null;

    private static int? Whole(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out int whole) ? whole : null;

    private JsonConfig? Read(string name) => JsonConfig.ReadIfPresent(Path.Combine(Folder, name));
}
