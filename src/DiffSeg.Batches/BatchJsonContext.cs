using System.Text.Json.Serialization;

namespace DiffSeg.Batches;

/// <summary>What of a batch is written as JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(PlanFile))]
[JsonSerializable(typeof(ChunkRecord))]
[JsonSerializable(typeof(StatusLine))]
[JsonSerializable(typeof(Masks.CocoLine))]
internal sealed partial class BatchJsonContext : JsonSerializerContext;
