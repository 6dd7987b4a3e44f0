using DiffSeg.Batches.Files;

namespace DiffSeg.Batches;

public sealed partial class BatchFolder
{
    // Processes that start together wait for the first of them to write the plan: ten seconds in all.
    private const int Attempts = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private enum Held
    {
        None,
        Same,
        Other,
    }

    /// <summary>
    /// Opens the folder of a batch for writing: makes it and writes the plan, or goes on with what is there. May be called by
    /// several processes at once.
    /// </summary>
    /// <param name="path">The folder; made if it is not there.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="overwrite">
    /// Whether a batch with another plan is thrown away. One with the same plan is gone on with in any case, so that a
    /// process may be started again with the same arguments.
    /// </param>
    /// <returns>The folder, with that plan.</returns>
    /// <exception cref="BatchFolderException">There is a batch with another plan, or a damaged one, and it is to be kept.</exception>
    /// <exception cref="BatchBusyException">Another process began to write the plan and does not come to an end.</exception>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public static BatchFolder Open(string path, BatchPlan plan, bool overwrite = false) =>
        Open(path, plan, overwrite, FileOperations.Real);

    /// <summary>Opens the folder of a batch that is there, to look into it.</summary>
    /// <param name="path">The folder.</param>
    /// <returns>The folder, with the plan that it holds.</returns>
    /// <exception cref="BatchFolderException">It holds no batch, or one whose plan cannot be read.</exception>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public static BatchFolder OpenExisting(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        path = System.IO.Path.GetFullPath(path);
        try
        {
            BatchPlan plan = ReadPlan(path) ?? throw new BatchFolderException(
                path,
                $"'{path}' holds no batch: there is no {BatchFileNames.Plan} in it. Name the folder that a batch was written to.");
            return new BatchFolder(path, plan, FileOperations.Real);
        }
        catch (InvalidDataException problem)
        {
            throw Damaged(path, problem);
        }
    }

    internal static BatchFolder Open(string path, BatchPlan plan, bool overwrite, FileOperations files)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(plan);
        path = System.IO.Path.GetFullPath(path);
        files.CreateFolder(path);
        for (int attempt = 0; Look(path, plan, overwrite) != Held.Same; attempt++)
        {
            using PendingFile? pending = PendingFile.TryTake(files, path, BatchFileNames.Plan);
            if (pending is null)
            {
                Wait(path, attempt);
            }
            else if (Look(path, plan, overwrite) is var held and not Held.Same)
            {
                // Where there is none, chunks stay: another machine may have written the plan a moment ago and begun, and this
                // one not see it yet. Records tell by its hash whether their chunks are of this batch.
                if (held == Held.Other)
                {
                    DeleteChunks(path, files);
                }

                pending.Commit(PlanFile.Bytes(plan));
            }
        }

        var folder = new BatchFolder(path, plan, files);
        folder.DeleteLeftovers();
        return folder;
    }

    // A process that goes on after its batch was thrown away must not write among the chunks of the next.
    private void ThrowIfOverwritten()
    {
        try
        {
            if (ReadPlan(Path)?.Sha256 != Plan.Sha256)
            {
                throw new BatchFolderException(
                    Path, $"'{Path}' does not hold this batch any more: its {BatchFileNames.Plan} was replaced or deleted while the batch was written.");
            }
        }
        catch (InvalidDataException problem)
        {
            throw Damaged(Path, problem);
        }
    }

    // What was left beside files that are there: nobody will write those again, and so nobody else would delete it.
    private void DeleteLeftovers()
    {
        string[] left = [.. Directory.GetFiles(Path, "*" + BatchFileNames.Temporary).Select(file => System.IO.Path.GetFileName(file))];
        if (left.Contains($".{BatchFileNames.Plan}{BatchFileNames.Temporary}"))
        {
            PendingFile.TryTake(_files, Path, BatchFileNames.Plan)?.Dispose();
        }

        foreach (int chunk in left.Select(BatchFileNames.ChunkOfTemporary).OfType<int>().Distinct())
        {
            if (chunk < Plan.ChunkCount && Done(chunk) is not null)
            {
                using PendingFile? right = PendingFile.TryTake(_files, Path, BatchFileNames.Of(chunk, BatchFileNames.Done));
                if (right is not null)
                {
                    DeleteLeftovers(chunk, right);
                }
            }
        }
    }

    // What plan is there; another one only where it may be overwritten.
    private static Held Look(string path, BatchPlan plan, bool overwrite)
    {
        try
        {
            BatchPlan? there = ReadPlan(path);
            if (there is null || there.Sha256 == plan.Sha256)
            {
                return there is null ? Held.None : Held.Same;
            }

            IReadOnlyList<string> differences = there.DifferencesFrom(plan);
            return overwrite ? Held.Other : throw new BatchFolderException(
                path,
                string.Join(Environment.NewLine, [
                    $"'{path}' holds another batch:",
                    .. differences.Select(line => "  " + line),
                    "Ask for the same again to go on with it, name another folder, or have it overwritten."]),
                differences);
        }
        catch (InvalidDataException problem)
        {
            return overwrite ? Held.Other : throw Damaged(path, problem);
        }
    }

    private static BatchPlan? ReadPlan(string path) =>
        FileOperations.Read(System.IO.Path.Combine(path, BatchFileNames.Plan)) is { } bytes ? PlanFile.Read(bytes) : null;

    private static BatchFolderException Damaged(string path, InvalidDataException problem) => new(
        path,
        $"'{System.IO.Path.Combine(path, BatchFileNames.Plan)}' cannot be used: {problem.Message}. Name another folder, or have the batch overwritten.",
        cause: problem);

    // Records first, so that there is never one whose files are gone.
    private static void DeleteChunks(string path, FileOperations files)
    {
        foreach (string file in Directory.GetFiles(path)
            .Where(file => BatchFileNames.IsOfChunk(System.IO.Path.GetFileName(file)))
            .OrderBy(file => !file.EndsWith(BatchFileNames.Done, StringComparison.Ordinal))
            .ThenBy(file => file, StringComparer.Ordinal))
        {
            files.Delete(file);
        }
    }

    private static void Wait(string path, int attempt)
    {
        if (attempt >= Attempts)
        {
            throw BatchBusyException.Of(System.IO.Path.Combine(path, BatchFileNames.Plan));
        }

        Thread.Sleep(Pause);
    }
}
