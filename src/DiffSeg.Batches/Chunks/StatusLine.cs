using System.Text.Json;

namespace DiffSeg.Batches;

/// <summary>A line of a chunk's status file.</summary>
internal sealed record StatusLine
{
    private const string Ok = "ok";
    private const string Failed = "failed";

    public required int Index { get; init; }

    public required string Image { get; init; }

    public required string Status { get; init; }

    public int? Height { get; init; }

    public int? Width { get; init; }

    public int? Segments { get; init; }

    public string? Reason { get; init; }

    /// <summary>The bytes of a row, with the line feed.</summary>
    public static byte[] Bytes(BatchRow row) => BatchJson.Lines(
        row.Failure is null
            ? new StatusLine { Index = row.Index, Image = row.Image, Status = Ok, Height = row.Height, Width = row.Width, Segments = row.Segments }
            : new StatusLine { Index = row.Index, Image = row.Image, Status = Failed, Reason = row.Failure },
        BatchJson.Compact.StatusLine);

    /// <summary>Reads a row.</summary>
    /// <param name="line">The line without its line feed.</param>
    /// <exception cref="InvalidDataException">It is no status row.</exception>
    public static BatchRow Read(string line)
    {
        try
        {
            BatchRow read = JsonSerializer.Deserialize(line, BatchJson.Compact.StatusLine) switch
            {
                { Status: Ok, Height: > 0 and { } height, Width: > 0 and { } width, Segments: > 0 and { } segments, Reason: null } row =>
                    new BatchRow(row.Index, row.Image, height, width, segments, null),
                { Status: Failed, Height: null, Width: null, Segments: null, Reason: { Length: > 0 } reason } row =>
                    new BatchRow(row.Index, row.Image, 0, 0, 0, reason),
                _ => throw new InvalidDataException("a status is 'ok' with height, width and segments, or 'failed' with a reason"),
            };
            ImageId.Bytes(read.Image);
            return read;
        }
        catch (Exception problem) when (problem is JsonException or ArgumentException)
        {
            throw new InvalidDataException($"it is no status row: {problem.Message}", problem);
        }
    }
}
