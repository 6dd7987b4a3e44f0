using System.Text.Json;

namespace DiffSeg.MLNet.Tests.Data;

/// <summary>Options as one line of text, all of them.</summary>
internal static class OptionsText
{
    private static readonly JsonSerializerOptions Json = new() { IncludeFields = true };

    public static string Of(DiffSegMaskOptions? options) => JsonSerializer.Serialize(options, Json);
}
