namespace DiffSeg.Offline;

/// <summary>Where a family of packages comes from.</summary>
internal enum Source
{
    Registry,
    Offline,
}

/// <summary>What was decided, remembered in eng/offline/decision.txt.</summary>
/// <param name="Wish">The line of the wish that was decided.</param>
/// <param name="FeedCount">Number of packages that were put into the feed.</param>
/// <param name="MlNet">Where ML.NET comes from.</param>
/// <param name="OnnxRuntime">Where ONNX Runtime comes from.</param>
internal sealed record Decision(string Wish, int FeedCount, Source MlNet, Source OnnxRuntime)
{
    public Source this[Family family] => family == Family.MlNet ? MlNet : OnnxRuntime;

    /// <summary>The text of the file. PackageDecision.targets compares the first line word for word.</summary>
    public string Write() => $"""
        wish: {Wish} feed: {FeedCount}.
        ML.NET: {MlNet.ToString().ToLowerInvariant()}
        ONNX Runtime: {OnnxRuntime.ToString().ToLowerInvariant()}

        Decided by eng/offline (README.md there). Delete this file to have it decided again.

        """;

    /// <summary>Reads the file's text.</summary>
    /// <returns>null when the text is none of ours: then nothing is decided.</returns>
    public static Decision? Read(string text)
    {
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        if (lines.Length < 3 || !lines[0].StartsWith("wish: ", StringComparison.Ordinal) || !lines[0].EndsWith('.'))
        {
            return null;
        }

        int feed = lines[0].LastIndexOf(" feed: ", StringComparison.Ordinal);
        if (feed < 0 || !int.TryParse(lines[0][(feed + 7)..^1], out int count))
        {
            return null;
        }

        return SourceIn(lines[1], "ML.NET: ") is { } mlNet && SourceIn(lines[2], "ONNX Runtime: ") is { } onnxRuntime
            ? new Decision(lines[0]["wish: ".Length..feed], count, mlNet, onnxRuntime)
            : null;
    }

    private static Source? SourceIn(string line, string label) =>
        line.StartsWith(label, StringComparison.Ordinal) && Enum.TryParse(line[label.Length..], true, out Source source)
            ? source
            : null;
}
