using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DiffSeg.Batches;

/// <summary>What is written to a chunk's <c>.done</c> when all of it is in its place.</summary>
public sealed record ChunkRecord
{
    /// <summary>Number of the chunk, from 0.</summary>
    public required int Chunk { get; init; }

    /// <summary>Place of its first image in the list, from 0.</summary>
    public required int First { get; init; }

    /// <summary>Number of its images.</summary>
    public required int Images { get; init; }

    /// <summary>Images with a mask.</summary>
    public required int Succeeded { get; init; }

    /// <summary>Images with a reason in place of a mask.</summary>
    public required int Failed { get; init; }

    /// <summary>Segments of all masks.</summary>
    public required long Segments { get; init; }

    /// <summary>SHA-256 of the plan that it was made by (<see cref="BatchPlan.Sha256"/>).</summary>
    public required string PlanSha256 { get; init; }

    /// <summary>
    /// What compressed its masks, by a hash of what it makes of one certain mask; null for a format that does not compress.
    /// PNGs of another compressor, which another .NET or another processor may have, have the same pixels and other bytes.
    /// </summary>
    public string? Compressor { get; init; }

    /// <summary>Its files: the masks, and a status row per image.</summary>
    public required IReadOnlyList<ChunkFile> Files { get; init; }

    /// <summary>SHA-256 of the file without this line, by which damage is told; only in the file.</summary>
    [JsonInclude]
    internal string? Sha256 { get; init; }

    /// <summary>The bytes of the record's file.</summary>
    internal byte[] ToBytes()
    {
        byte[] bare = BatchJson.Lines(this with { Sha256 = null }, BatchJson.Indented.ChunkRecord);
        return BatchJson.Lines(this with { Sha256 = Convert.ToHexStringLower(SHA256.HashData(bare)) }, BatchJson.Indented.ChunkRecord);
    }

    /// <summary>Reads a record.</summary>
    /// <param name="bytes">What <see cref="ToBytes"/> gave.</param>
    /// <exception cref="InvalidDataException">It is no record, or is not as it was written.</exception>
    internal static ChunkRecord Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, BatchJson.Indented.ChunkRecord) is { } record && bytes.SequenceEqual(record.ToBytes())
                ? record with { Sha256 = null }
                : throw new InvalidDataException("it is not as it was written");
        }
        catch (JsonException problem)
        {
            throw new InvalidDataException($"it is no record of a chunk: {problem.Message}", problem);
        }
    }

    // Whether it can be that of a chunk of a plan, as far as it can be told without looking at the files.
    internal bool IsOf(BatchPlan plan, int chunk, ChunkRange range) =>
        PlanSha256 == plan.Sha256
        && (Chunk, First, Images) == (chunk, range.First, range.Count)
        && Succeeded >= 0 && Failed >= 0 && Succeeded + Failed == Images
        && Files.Select(file => file?.Name).SequenceEqual(
            [BatchFileNames.Of(chunk, BatchFileNames.Masks(plan.Format)), BatchFileNames.Of(chunk, BatchFileNames.Status)]);
}
