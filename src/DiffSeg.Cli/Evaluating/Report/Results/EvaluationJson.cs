using System.Text.Json;
using System.Text.Json.Serialization;

namespace DiffSeg.Cli.Evaluating.Report.Results;

/// <summary>How an <see cref="EvaluationResult"/> stands in metrics.json: keys in snake case, NaN as null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    WriteIndented = true,
    NewLine = "\n",
    Converters = [typeof(UndefinedAsNull)])]
[JsonSerializable(typeof(EvaluationResult))]
internal sealed partial class EvaluationJson : JsonSerializerContext
{
    /// <summary>Numbers that JSON does not have, NaN and the infinities, as null and back as NaN.</summary>
    internal sealed class UndefinedAsNull : JsonConverter<double>
    {
        /// <inheritdoc/>
        public override bool HandleNull => true;

        /// <inheritdoc/>
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

        /// <inheritdoc/>
        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value))
            {
                writer.WriteNumberValue(value);
            }
            else
            {
                writer.WriteNullValue();
            }
        }
    }
}
