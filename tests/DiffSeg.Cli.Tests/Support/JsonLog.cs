using System.Globalization;
using System.Text.Json;

namespace DiffSeg.Cli.Tests.Support;

/// <summary>What a command logs as JSON.</summary>
internal static class JsonLog
{
    private static readonly string[] Levels = ["Information", "Warning", "Error", "Critical"];

    /// <summary>The lines, each with the number of its event, what it says and its values; each must be whole.</summary>
    /// <param name="error">Standard error.</param>
    public static (int Event, string Message, JsonElement State)[] Lines(string error) =>
    [
        .. error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse).Select(line =>
            (line.GetProperty("EventId").GetInt32(), line.GetProperty("Message").GetString()!, line.GetProperty("State"))),
    ];

    private static JsonElement Parse(string line)
    {
        using var document = JsonDocument.Parse(line);
        JsonElement entry = document.RootElement.Clone();
        var time = DateTimeOffset.ParseExact(
            entry.GetProperty("Timestamp").GetString()!, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        Assert.InRange(time, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow);
        Assert.Contains(entry.GetProperty("LogLevel").GetString(), Levels);
        Assert.NotEqual("", entry.GetProperty("Category").GetString());
        return entry;
    }
}
