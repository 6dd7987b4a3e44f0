using System.Text.Json.Serialization;

namespace DiffSeg.Evaluation;

/// <summary>How the sums of an evaluation are written: numbers so that they come back to the bit.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(EvaluationState))]
internal sealed partial class EvaluationJson : JsonSerializerContext;
