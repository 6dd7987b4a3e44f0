using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace DiffSeg.Batches;

/// <summary>How the JSON of a batch is written: the same bytes on every system.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(PlanFile))]
[JsonSerializable(typeof(ChunkRecord))]
[JsonSerializable(typeof(StatusLine))]
[JsonSerializable(typeof(Masks.CocoLine))]
[JsonSerializable(typeof(BatchStatistics))]
internal sealed partial class BatchJson : JsonSerializerContext
{
    /// <summary>One line per value; letters of file names stay readable.</summary>
    public static BatchJson Compact { get; } = new(Options(indented: false));

    /// <summary>For files that people open.</summary>
    public static BatchJson Indented { get; } = new(Options(indented: true));

    /// <summary>A value and a line feed.</summary>
    public static byte[] Lines<T>(T value, JsonTypeInfo<T> type) => [.. JsonSerializer.SerializeToUtf8Bytes(value, type), (byte)'\n'];

    private static JsonSerializerOptions Options(bool indented) => new(Default.Options)
    {
        // The files are data and go into no web page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = indented,
        NewLine = "\n",
    };
}
