using System.Text.Json;

namespace DiffSeg.Batches;

/// <summary>A plan as it is written to <c>batch.json</c>.</summary>
internal sealed record PlanFile
{
    // Version 1: the first.
    private const string FormatName = "diffseg.batch";
    private const int CurrentVersion = 1;

    public required string Format { get; init; }

    public required int Version { get; init; }

    public required int Images { get; init; }

    public required string ImagesSha256 { get; init; }

    public required int ChunkSize { get; init; }

    public required BatchFormat Output { get; init; }

    public required SortedDictionary<string, string> Settings { get; init; }

    public required string SettingsSha256 { get; init; }

    public string? Model { get; init; }

    public string? ModelSha256 { get; init; }

    public required string ToolVersion { get; init; }

    /// <summary>The name of a format in files and on the command line.</summary>
    public static string NameOf(BatchFormat format) => format switch
    {
        BatchFormat.LabelPngTar => "png-tar",
        BatchFormat.CocoRle => "coco-rle",
        _ => "parquet",
    };

    /// <summary>The bytes of a plan's file; the same for the same plan.</summary>
    public static byte[] Bytes(BatchPlan plan) => BatchJson.Lines(
        new PlanFile
        {
            Format = FormatName,
            Version = CurrentVersion,
            Images = plan.ImageCount,
            ImagesSha256 = plan.ImagesSha256,
            ChunkSize = plan.ChunkSize,
            Output = plan.Format,
            Settings = new(plan.Settings.ToDictionary(), StringComparer.Ordinal),
            SettingsSha256 = plan.SettingsSha256,
            Model = plan.Model,
            ModelSha256 = plan.ModelSha256,
            ToolVersion = plan.ToolVersion,
        },
        BatchJson.Indented.PlanFile);

    /// <summary>Reads a plan.</summary>
    /// <param name="bytes">What <see cref="Bytes"/> gave.</param>
    /// <exception cref="InvalidDataException">It is no plan, a damaged one, or one of a later version.</exception>
    public static BatchPlan Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            PlanFile file = JsonSerializer.Deserialize(bytes, BatchJson.Indented.PlanFile) ?? throw new InvalidDataException("it is empty");
            if (file.Format != FormatName || file.Version != CurrentVersion)
            {
                throw new InvalidDataException(
                    $"it is {file.Format}, version {file.Version}; {FormatName}, version {CurrentVersion}, can be read");
            }

            var plan = new BatchPlan(file.Images, file.ImagesSha256, new BatchOptions
            {
                ChunkSize = file.ChunkSize,
                Format = file.Output,
                Settings = file.Settings,
                Model = file.Model,
                ModelSha256 = file.ModelSha256,
                ToolVersion = file.ToolVersion,
            });

            // The hash in the chunks' records is one of these bytes: what reads alike but is written otherwise is not it.
            return bytes.SequenceEqual(Bytes(plan)) ? plan : throw new InvalidDataException("it was changed after it was written");
        }
        catch (Exception problem) when (problem is JsonException or ArgumentException)
        {
            throw new InvalidDataException($"it is no plan of a batch: {problem.Message}", problem);
        }
    }
}
