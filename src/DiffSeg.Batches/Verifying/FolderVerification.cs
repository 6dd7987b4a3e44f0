using System.Runtime.ExceptionServices;

namespace DiffSeg.Batches.Verifying;

/// <summary>Looks at every byte of a batch.</summary>
internal sealed class FolderVerification(BatchFolder folder)
{
    private readonly List<BatchProblem> _problems = [];
    private readonly SortedSet<string> _compressors = new(StringComparer.Ordinal);

    /// <summary>Looks.</summary>
    /// <param name="progress">Told the number of chunks that were looked at after each.</param>
    /// <param name="cancellationToken">Stops between two chunks.</param>
    public BatchVerification Run(IProgress<int>? progress, CancellationToken cancellationToken)
    {
        IReadOnlyList<BatchProblem>?[] found = LookAtChunks(progress, cancellationToken);
        AddInOrder(found);
        if (Array.TrueForAll(found, problems => problems is []) && HashOfImages(cancellationToken) != folder.Plan.ImagesSha256)
        {
            Add(BatchProblemKind.Inconsistent, null, "The images of the status rows are not those of the plan, or stand in another order.");
        }

        LookForOthers();
        BatchStatistics statistics = folder.Statistics(Enumerable.Range(0, found.Length).Where(chunk => found[chunk] is []));
        return new BatchVerification(statistics, _problems) { Compressors = [.. _compressors] };
    }

    // What is wrong with each chunk; null for one that is not done.
    private IReadOnlyList<BatchProblem>?[] LookAtChunks(IProgress<int>? progress, CancellationToken cancellationToken)
    {
        var found = new IReadOnlyList<BatchProblem>?[folder.Plan.ChunkCount];
        var gate = new Lock();
        int seen = 0;
        try
        {
            Parallel.For(0, found.Length, new ParallelOptions { CancellationToken = cancellationToken }, chunk =>
            {
                bool done = File.Exists(folder.PathOf(BatchFileNames.Of(chunk, BatchFileNames.Done)));
                var look = new ChunkVerification(folder, chunk);
                found[chunk] = done ? look.Run() : null;
                lock (gate)
                {
                    if (found[chunk] is [] && look.Compressor is { } compressor)
                    {
                        _compressors.Add(compressor);
                    }

                    progress?.Report(++seen);
                }
            });
        }
        catch (AggregateException problems)
        {
            ExceptionDispatchInfo.Throw(problems.InnerExceptions[0]);
        }

        return found;
    }

    private void AddInOrder(IReadOnlyList<BatchProblem>?[] found)
    {
        for (int chunk = 0; chunk < found.Length; chunk++)
        {
            if (found[chunk] is { } problems)
            {
                _problems.AddRange(problems);
                continue;
            }

            int first = chunk;
            while (chunk + 1 < found.Length && found[chunk + 1] is null)
            {
                chunk++;
            }

            Add(BatchProblemKind.Missing, null, first == chunk ? $"Chunk {first} is not done." : $"Chunks {first} to {chunk} are not done.");
        }
    }

    private string HashOfImages(CancellationToken cancellationToken)
    {
        using var images = new ImageListHash(folder.Plan.ChunkSize);
        for (int chunk = 0; chunk < folder.Plan.ChunkCount; chunk++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (BatchRow row in folder.Rows(chunk))
            {
                images.Add(row.Image);
            }
        }

        return images.Finish().All;
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

    private void Add(BatchProblemKind kind, string? file, string message) => _problems.Add(new BatchProblem(kind, null, file, message));
}
