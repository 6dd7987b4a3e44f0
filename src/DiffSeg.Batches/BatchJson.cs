using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace DiffSeg.Batches;

/// <summary>How the JSON of a batch is written: the same bytes on every system.</summary>
internal static class BatchJson
{
    /// <summary>One line per value.</summary>
    public static BatchJsonContext Compact { get; } = Of(indented: false);

    /// <summary>For files that people open.</summary>
    public static BatchJsonContext Indented { get; } = Of(indented: true);

    /// <summary>A value and a line feed.</summary>
    public static byte[] Lines<T>(T value, JsonTypeInfo<T> type) => [.. JsonSerializer.SerializeToUtf8Bytes(value, type), (byte)'\n'];

    private static BatchJsonContext Of(bool indented) => new(new JsonSerializerOptions(BatchJsonContext.Default.Options)
    {
        // Letters of file names stay readable; the files are data and go into no web page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = indented,
        NewLine = "\n",
    });
}
