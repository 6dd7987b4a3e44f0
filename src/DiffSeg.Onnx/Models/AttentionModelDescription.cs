using System.Globalization;

namespace DiffSeg.Onnx;

/// <summary>Token grid of one output, as the description declares it.</summary>
internal readonly record struct OutputGrid(string Name, int Height, int Width);

/// <summary>What an attention model says about itself: one value, written to and read from its metadata.</summary>
internal sealed record AttentionModelDescription
{
    private const string Threshold = "a number above 0";

    public required AttentionForm Form { get; init; }

    public required IReadOnlyList<OutputGrid> Outputs { get; init; }

    public float? KlThreshold { get; init; }

    /// <summary>How the graph merges; null unless the form is <see cref="AttentionForm.Merged"/>.</summary>
    public FirstMerge? FirstMerge { get; init; }

    public string? Source { get; init; }

    public string? License { get; init; }

    public int? TimeStep { get; init; }

    public string? WeightPrecision { get; init; }

    public string? BuilderVersion { get; init; }

    public string? SourceHash { get; init; }

    /// <summary>The metadata entries, in a fixed order, so that equal descriptions give equal files.</summary>
    public IEnumerable<KeyValuePair<string, string>> ToMetadata()
    {
        yield return new(AttentionModelMetadata.Format, AttentionModelMetadata.CurrentFormat);
        yield return new(AttentionModelMetadata.Form, Form.ToString().ToLowerInvariant());
        yield return new(
            AttentionModelMetadata.Outputs,
            string.Join(';', Outputs.Select(o => string.Create(CultureInfo.InvariantCulture, $"{o.Name}={o.Height}x{o.Width}"))));

        (string Key, string? Value)[] optional =
        [
            (AttentionModelMetadata.KlThreshold, KlThreshold?.ToString(CultureInfo.InvariantCulture)),
            (AttentionModelMetadata.AnchorsPerSide, FirstMerge?.AnchorsPerSide.ToString(CultureInfo.InvariantCulture)),
            (AttentionModelMetadata.ZeroAttention, FirstMerge?.ZeroAttention.ToString().ToLowerInvariant()),
            (AttentionModelMetadata.Source, Source),
            (AttentionModelMetadata.License, License),
            (AttentionModelMetadata.TimeStep, TimeStep?.ToString(CultureInfo.InvariantCulture)),
            (AttentionModelMetadata.WeightPrecision, WeightPrecision),
            (AttentionModelMetadata.Builder, BuilderVersion),
            (AttentionModelMetadata.SourceHash, SourceHash),
        ];
        foreach (var (key, value) in optional)
        {
            if (value is not null)
            {
                yield return new(key, value);
            }
        }
    }

    /// <summary>Reads the description that <see cref="ToMetadata"/> wrote.</summary>
    /// <exception cref="AttentionModelException">A required entry is missing, or an entry cannot be read.</exception>
    public static AttentionModelDescription Parse(string path, IReadOnlyDictionary<string, string> metadata)
    {
        if (!metadata.TryGetValue(AttentionModelMetadata.Format, out string? format))
        {
            throw new AttentionModelException(
                path,
                $"the metadata entry '{AttentionModelMetadata.Format}'",
                metadata.Count == 0
                    ? "an ONNX model without metadata"
                    : $"only the entries {string.Join(", ", metadata.Keys.Select(k => $"'{k}'"))}",
                "This is an ONNX model but not an attention model: its outputs are not described. "
                    + "Take one that was built for DiffSeg; models/README.md says where they come from.");
        }

        if (format != AttentionModelMetadata.CurrentFormat)
        {
            throw new AttentionModelException(
                path,
                $"'{AttentionModelMetadata.Format}' = {AttentionModelMetadata.CurrentFormat}",
                $"'{format}'",
                "The file was built for another version of DiffSeg.Onnx: update the package or rebuild the model.");
        }

        AttentionForm form = Required<AttentionForm>(
            path, metadata, AttentionModelMetadata.Form, "raw, layers, resolutions, aggregated or merged", TryParseForm);
        bool merged = form == AttentionForm.Merged;
        return new AttentionModelDescription
        {
            Form = form,
            Outputs = Required<IReadOnlyList<OutputGrid>>(
                path, metadata, AttentionModelMetadata.Outputs, "grids such as attention_64=64x64;attention_32=32x32", TryParseOutputs),
            KlThreshold = merged
                ? Required<float>(path, metadata, AttentionModelMetadata.KlThreshold, Threshold, TryParseThreshold)
                : Optional<float>(path, metadata, AttentionModelMetadata.KlThreshold, Threshold, TryParseThreshold),
            FirstMerge = merged ? ParseMerge(path, metadata) : null,
            TimeStep = Optional<int>(path, metadata, AttentionModelMetadata.TimeStep, "a whole number", TryParseInteger),
            Source = metadata.GetValueOrDefault(AttentionModelMetadata.Source),
            License = metadata.GetValueOrDefault(AttentionModelMetadata.License),
            WeightPrecision = metadata.GetValueOrDefault(AttentionModelMetadata.WeightPrecision),
            BuilderVersion = metadata.GetValueOrDefault(AttentionModelMetadata.Builder),
            SourceHash = metadata.GetValueOrDefault(AttentionModelMetadata.SourceHash),
        };
    }

    private static FirstMerge ParseMerge(string path, IReadOnlyDictionary<string, string> metadata) => new()
    {
        AnchorsPerSide = Required<int>(path, metadata, AttentionModelMetadata.AnchorsPerSide, "a whole number from 2", TryParseAnchors),
        ZeroAttention = Required<ZeroAttention>(path, metadata, AttentionModelMetadata.ZeroAttention, "clamp or matchesnothing", TryParseZeros),
    };

    private delegate bool Parser<T>(string text, out T value);

    private static T Required<T>(
        string path, IReadOnlyDictionary<string, string> metadata, string key, string expected, Parser<T> parser)
    {
        if (metadata.TryGetValue(key, out string? text) && parser(text, out T value))
        {
            return value;
        }

        throw Unreadable(path, key, expected, text);
    }

    private static T? Optional<T>(
        string path, IReadOnlyDictionary<string, string> metadata, string key, string expected, Parser<T> parser)
        where T : struct
    {
        if (!metadata.TryGetValue(key, out string? text))
        {
            return null;
        }

        return parser(text, out T value) ? value : throw Unreadable(path, key, expected, text);
    }

    private static AttentionModelException Unreadable(string path, string key, string expected, string? text) =>
        new(
            path,
            $"the metadata entry '{key}' to be {expected}",
            text is null ? "no such entry" : $"'{text}'",
            "The file was damaged or written by another program: rebuild the model.");

    private static bool TryParseForm(string text, out AttentionForm form)
    {
        (bool known, form) = text switch
        {
            "raw" => (true, AttentionForm.Raw),
            "layers" => (true, AttentionForm.Layers),
            "resolutions" => (true, AttentionForm.Resolutions),
            "aggregated" => (true, AttentionForm.Aggregated),
            "merged" => (true, AttentionForm.Merged),
            _ => (false, default),
        };
        return known;
    }

    private static bool TryParseOutputs(string text, out IReadOnlyList<OutputGrid> outputs)
    {
        var grids = new List<OutputGrid>();
        outputs = grids;
        foreach (string entry in text.Split(';'))
        {
            // The last '=': a tensor name may hold one, a grid cannot.
            int equals = entry.LastIndexOf('=');
            string[] sides = entry[(equals + 1)..].Split('x');
            if (equals < 1 || sides.Length != 2
                || !TryParseInteger(sides[0], out int height) || height < 1
                || !TryParseInteger(sides[1], out int width) || width < 1)
            {
                return false;
            }

            grids.Add(new OutputGrid(entry[..equals], height, width));
        }

        return true;
    }

    private static bool TryParseThreshold(string text, out float value) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && value > 0 && float.IsFinite(value);

    private static bool TryParseAnchors(string text, out int value) => TryParseInteger(text, out value) && value >= 2;

    private static bool TryParseZeros(string text, out ZeroAttention zeros)
    {
        (bool known, zeros) = text switch
        {
            "clamp" => (true, ZeroAttention.Clamp),
            "matchesnothing" => (true, ZeroAttention.MatchesNothing),
            _ => (false, default),
        };
        return known;
    }

    private static bool TryParseInteger(string text, out int value) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
}
