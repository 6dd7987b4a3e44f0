using System.Globalization;
using System.Text.RegularExpressions;

namespace DiffSeg.Batches;

/// <summary>How the files of a batch are called.</summary>
internal static partial class BatchFileNames
{
    /// <summary>The plan.</summary>
    public const string Plan = "batch.json";

    /// <summary>The record that says that a chunk is whole.</summary>
    public const string Done = ".done";

    /// <summary>The status rows of a chunk.</summary>
    public const string Status = ".status.jsonl";

    /// <summary>The end of names of files that are being written; they begin with a dot.</summary>
    public const string Temporary = ".tmp";

    /// <summary>The masks of a chunk.</summary>
    /// <param name="format">How they are written.</param>
    public static string Masks(BatchFormat format) => format switch
    {
        BatchFormat.LabelPngTar => ".tar",
        BatchFormat.CocoRle => ".coco.jsonl",
        _ => ".parquet",
    };

    /// <summary>The name of a chunk's file.</summary>
    /// <param name="chunk">Number of the chunk.</param>
    /// <param name="kind">One of the ends above.</param>
    public static string Of(int chunk, string kind) => string.Create(CultureInfo.InvariantCulture, $"chunk-{chunk:D6}{kind}");

    /// <summary>The name of an image's mask in a tar.</summary>
    /// <param name="index">The image's place in the list.</param>
    public static string EntryOf(int index) => string.Create(CultureInfo.InvariantCulture, $"{index:D9}.png");

    /// <summary>All names that files of a chunk may have, the record's first.</summary>
    /// <param name="chunk">Number of the chunk.</param>
    public static IEnumerable<string> All(int chunk) =>
        [Of(chunk, Done), Of(chunk, Status), .. Enum.GetValues<BatchFormat>().Select(format => Of(chunk, Masks(format)))];

    /// <summary>The temporary names that a chunk's files may have.</summary>
    /// <param name="chunk">Number of the chunk.</param>
    public static string TemporaryPattern(int chunk) => "." + Of(chunk, ".*" + Temporary);

    /// <summary>The number of the chunk that a file belongs to, by its name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The number; null for the file of no chunk, or one that is being written.</returns>
    public static int? ChunkOf(string name) =>
        ChunkFileName().Match(name) is { Success: true } match
        && int.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int chunk)
        && name == Of(chunk, match.Groups[2].Value)
            ? chunk
            : null;

    /// <summary>Whether a file is one of a batch that is being, or was not, written to its end.</summary>
    /// <param name="name">The name.</param>
    public static bool IsTemporary(string name) => TemporaryName().IsMatch(name);

    /// <summary>The number of the chunk that a file is being, or was not, written for.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The number; null for any other file.</returns>
    public static int? ChunkOfTemporary(string name) =>
        TemporaryName().Match(name).Groups[2] is { Success: true } number
        && int.TryParse(number.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int chunk)
            ? chunk
            : null;

    /// <summary>Whether a file belongs to some chunk, finished or not.</summary>
    /// <param name="name">The name.</param>
    public static bool IsOfChunk(string name) =>
        ChunkOf(name) is not null || ChunkOfTemporary(name) is not null;

    /// <summary>Whether a file tells how the work goes and is no part of the result.</summary>
    /// <param name="name">The name.</param>
    public static bool IsAboutTheWork(string name) => name.StartsWith("heartbeat-", StringComparison.Ordinal);

    [GeneratedRegex(@"^chunk-(\d{6,})(\.done|\.status\.jsonl|\.tar|\.coco\.jsonl|\.parquet)$", RegexOptions.CultureInvariant)]
    private static partial Regex ChunkFileName();

    [GeneratedRegex(@"^\.(chunk-(\d{6,})\..*|batch\.json)\.tmp$", RegexOptions.CultureInvariant)]
    private static partial Regex TemporaryName();
}
