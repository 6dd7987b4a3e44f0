using System.Text.RegularExpressions;
using DiffSeg.Cli.Models;
using DiffSeg.Cli.Reporting;

namespace DiffSeg.Cli.Pulling;

/// <summary>Downloads the files of a repository into a folder, all from one commit.</summary>
/// <param name="entry">The model.</param>
/// <param name="folder">Where to. What is there from an earlier time is kept and gone on with.</param>
/// <param name="hub">Which hub.</param>
/// <param name="surroundings">The machine.</param>
/// <param name="clock">What waiting is measured with.</param>
internal sealed partial class ExportDownload(CatalogueEntry entry, string folder, HubSettings hub, Surroundings surroundings, TimeProvider clock)
{
    // A branch moves on; files of two commits do not make a model. The first file's commit holds for all of them.
    private readonly string _commitPath = Path.Combine(folder, ".commit");

    /// <summary>Downloads what is missing.</summary>
    /// <param name="progress">Is told how it goes.</param>
    /// <param name="cancellationToken">Stops it; what has arrived is kept.</param>
    /// <returns>The commit, or the branch when the hub does not say.</returns>
    /// <exception cref="DownloadException">It did not succeed.</exception>
    public async Task<string> RunAsync(IWorkProgress progress, CancellationToken cancellationToken)
    {
        string revision = Revision();
        CatalogueFile[] missing = [.. entry.Files.Where(file => !IsHere(file))];
        RequireOnline(missing);
        using var http = new HttpMessageInvoker(surroundings.CreateHandler());
        var downloader = new FileDownloader(new HubClient(http, hub.Token), clock, surroundings.FreeSpace);
        foreach (CatalogueFile file in missing)
        {
            if (hub.Offline)
            {
                continue;
            }

            try
            {
                RemoteFacts facts = await DownloadAsync(downloader, file, revision, progress, cancellationToken).ConfigureAwait(false);
                revision = Pinned(revision, facts.Commit);
            }
            catch (RemoteFileMissingException) when (file.Optional)
            {
                // The model is made without it.
            }
        }

        return revision;
    }

    private async Task<RemoteFacts> DownloadAsync(
        FileDownloader downloader, CatalogueFile file, string revision, IWorkProgress progress, CancellationToken cancellationToken)
    {
        var remote = new RemoteFile(hub.AddressOf(entry.Repository, revision, file.Path), file.Path, file.Size, file.Sha256);
        IWorkStep step = progress.Begin($"Downloading {file.Path}", WorkUnit.Bytes);
        RemoteFacts facts = await downloader.DownloadAsync(remote, PathOf(file), new StepTransfer(file.Path, step, progress), cancellationToken).ConfigureAwait(false);
        step.Complete();
        return facts;
    }

    private string Revision() => !Commit().IsMatch(entry.Revision) && File.Exists(_commitPath) && File.ReadAllText(_commitPath) is var commit && Commit().IsMatch(commit)
        ? commit
        : entry.Revision;

    private string Pinned(string revision, string? commit)
    {
        if (commit is null || Commit().IsMatch(revision) || !Commit().IsMatch(commit))
        {
            return revision;
        }

        File.WriteAllText(_commitPath, commit);
        return commit;
    }

    // A file has its name only after it has been checked.
    private bool IsHere(CatalogueFile file) =>
        new FileInfo(PathOf(file)) is { Exists: true } here && (file.Size is null || file.Size == here.Length);

    private void RequireOnline(IEnumerable<CatalogueFile> missing)
    {
        string[] names = [.. missing.Where(file => !file.Optional).Select(file => file.Path)];
        if (hub.Offline && names.Length > 0)
        {
            throw new SetupException(
                $"'{entry.Name}' cannot be made offline: {string.Join(", ", names)} {(names.Length == 1 ? "is" : "are")} not in '{folder}'. "
                + "Leave out --offline (and the variables DIFFSEG_OFFLINE and HF_HUB_OFFLINE) to download.");
        }
    }

    private string PathOf(CatalogueFile file) => Path.Combine([folder, .. file.Path.Split('/')]);

    [GeneratedRegex("^[0-9a-f]{40}$")]
    private static partial Regex Commit();

    private sealed class StepTransfer(string name, IWorkStep step, IWorkProgress progress) : ITransferProgress
    {
        public void At(long bytes, long? size) => step.At(bytes, size);

        public void Note(string line) => progress.Say($"{name}: {line}");
    }
}
