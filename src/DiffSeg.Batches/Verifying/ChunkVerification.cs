using System.Security.Cryptography;
using DiffSeg.Batches.Masks;

namespace DiffSeg.Batches.Verifying;

/// <summary>Looks at every byte of one chunk.</summary>
/// <param name="folder">The batch.</param>
/// <param name="chunk">Number of the chunk, which has a record.</param>
internal sealed class ChunkVerification(BatchFolder folder, int chunk)
{
    private readonly List<BatchProblem> _problems = [];
    private readonly string _recordName = BatchFileNames.Of(chunk, BatchFileNames.Done);

    /// <summary>What compressed its masks; null where nothing did, or the record cannot be used.</summary>
    public string? Compressor { get; private set; }

    /// <summary>Looks.</summary>
    /// <returns>What is wrong.</returns>
    public IReadOnlyList<BatchProblem> Run()
    {
        if (Record() is { } record && FilesAreThere(record))
        {
            Compressor = record.Compressor;
            Contents(record);
        }

        return _problems;
    }

    private ChunkRecord? Record()
    {
        try
        {
            if (folder.ReadRecord(chunk) is not { } record)
            {
                Add(BatchProblemKind.Missing, _recordName, "It was deleted while the batch was looked at.");
            }
            else if (record.PlanSha256 != folder.Plan.Sha256)
            {
                Add(BatchProblemKind.Inconsistent, _recordName, "It belongs to a batch with another plan.");
            }
            else if (!record.IsOf(folder.Plan, chunk, folder.Plan.RangeOf(chunk)))
            {
                Add(BatchProblemKind.Inconsistent, _recordName, "Its images or its files are not those of the plan.");
            }
            else
            {
                return record;
            }
        }
        catch (InvalidDataException problem)
        {
            Add(BatchProblemKind.Damaged, _recordName, $"It cannot be used: {problem.Message}.");
        }

        return null;
    }

    private bool FilesAreThere(ChunkRecord record)
    {
        foreach (ChunkFile file in record.Files)
        {
            var found = new FileInfo(folder.PathOf(file.Name));
            if (!found.Exists)
            {
                Add(BatchProblemKind.Missing, file.Name, $"It is not there, but chunk {chunk} is marked as done.");
            }
            else if (found.Length != file.Bytes)
            {
                Add(BatchProblemKind.Damaged, file.Name, $"It has {found.Length} bytes; {file.Bytes} were written.");
            }
            else if (HashOf(found) != file.Sha256)
            {
                Add(BatchProblemKind.Damaged, file.Name, "Its bytes are not those that were written.");
            }
        }

        return _problems.Count == 0;
    }

    // Rows and masks side by side: what the files say must be the same image after image.
    private void Contents(ChunkRecord record)
    {
        string maskName = record.Files[0].Name;
        int next = record.First, failed = 0;
        long segments = 0;
        try
        {
            using IMaskSource masks = MaskFile.Source(folder.Plan.Format, File.OpenRead(folder.PathOf(maskName)));
            foreach (BatchRow row in folder.Rows(chunk))
            {
                Require(row.Index == next, $"its row {next - record.First + 1} is of image {row.Index}; {next} was expected");
                next++;
                segments += row.Segments;
                if (row.Failure is null)
                {
                    Require(masks.Next() is { } mask && Fits(mask, row), $"'{maskName}' has not the mask that row {row.Index} speaks of");
                }
                else
                {
                    failed++;
                }
            }

            Require(masks.Next() is null, $"'{maskName}' has a mask that no row speaks of");
            Require(
                (next - record.First, failed, segments) == (record.Images, record.Failed, record.Segments),
                $"it has {next - record.First} images, {failed} of them failed, and {segments} segments; the record says {record.Images}, {record.Failed} and {record.Segments}");
        }
        catch (InvalidDataException problem)
        {
            Add(BatchProblemKind.Inconsistent, record.Files[1].Name, $"Rows, masks and record do not fit: {problem.Message}.");
        }
    }

    private static bool Fits(MaskFacts mask, BatchRow row) =>
        (mask.Index, mask.Height, mask.Width, mask.Segments) == (row.Index, row.Height, row.Width, row.Segments)
        && (mask.Image is null || mask.Image == row.Image);

    private static string HashOf(FileInfo file)
    {
        using FileStream stream = file.OpenRead();
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidDataException(otherwise);
        }
    }

    private void Add(BatchProblemKind kind, string file, string message) => _problems.Add(new BatchProblem(kind, chunk, file, message));
}
