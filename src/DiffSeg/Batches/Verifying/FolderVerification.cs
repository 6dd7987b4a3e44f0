namespace DiffSeg.Batches.Verifying;

/// <summary>Looks at every byte of a batch.</summary>
internal sealed class FolderVerification(BatchFolder folder)
{
    private readonly List<BatchProblem> _problems = [];

    /// <summary>Looks.</summary>
    /// <param name="progress">Told the number of chunks that were looked at after each.</param>
    /// <param name="cancellationToken">Stops between two chunks.</param>
    public BatchVerification Run(IProgress<int>? progress, CancellationToken cancellationToken)
    {
        BatchStatistics sum = new();
        using ImageListHash images = new();
        bool allRows = true;
        int? missing = null;
        for (int chunk = 0; chunk < folder.Plan.ChunkCount; chunk++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!File.Exists(folder.PathOf(BatchFileNames.Of(chunk, BatchFileNames.Done))))
            {
                missing ??= chunk;
                allRows = false;
            }
            else
            {
                AddMissing(missing, chunk - 1);
                missing = null;
                BatchStatistics? statistics = new ChunkVerification(folder, chunk, _problems, images).Run();
                allRows &= statistics is not null;
                sum = statistics is null ? sum : sum.Merge(statistics);
            }

            progress?.Report(chunk + 1);
        }

        AddMissing(missing, folder.Plan.ChunkCount - 1);
        if (allRows && images.Finish() != folder.Plan.ImagesSha256)
        {
            Add(BatchProblemKind.Inconsistent, null, "The images of the status rows are not those of the plan, or stand in another order.");
        }

        LookForOthers();
        return new BatchVerification(sum, _problems);
    }

    private void AddMissing(int? first, int last)
    {
        if (first is { } from)
        {
            Add(BatchProblemKind.Missing, null, from == last ? $"Chunk {from} is not done." : $"Chunks {from} to {last} are not done.");
        }
    }

    private void LookForOthers()
    {
        foreach (FileSystemInfo entry in new DirectoryInfo(folder.Path).EnumerateFileSystemInfos().Where(IsOther).OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            if (BatchFileNames.IsTemporary(entry.Name))
            {
                Add(BatchProblemKind.Unfinished, entry.Name, "A process was killed while it wrote it, or is just writing it.");
            }
            else
            {
                Add(BatchProblemKind.Strange, entry.Name, "It is none of the files of this batch.");
            }
        }
    }

    private bool IsOther(FileSystemInfo entry) =>
        BatchFileNames.IsTemporary(entry.Name) || (entry is FileInfo ? IsStrange(entry.Name) : !IsHidden(entry.Name));

    // Other hidden files are the file system's own, such as NFS makes of files that are deleted while they are open.
    private bool IsStrange(string name) =>
        name != BatchFileNames.Plan
        && !IsHidden(name)
        && !BatchFileNames.IsAboutTheWork(name)
        && !(BatchFileNames.ChunkOf(name) is { } chunk && chunk < folder.Plan.ChunkCount && IsOfPlan(name, chunk));

    private bool IsOfPlan(string name, int chunk) =>
        name == BatchFileNames.Of(chunk, BatchFileNames.Done)
        || name == BatchFileNames.Of(chunk, BatchFileNames.Status)
        || name == BatchFileNames.Of(chunk, BatchFileNames.Masks(folder.Plan.Format));

    private static bool IsHidden(string name) => name.StartsWith('.');

    private void Add(BatchProblemKind kind, string? file, string message) => _problems.Add(new BatchProblem(kind, file, message));
}
