using DiffSeg.Cli.Reporting;

namespace DiffSeg.Cli.Pulling;

/// <summary>
/// Downloads files whole: under a temporary name, going on where an earlier try or process ended, with length and hash
/// checked before the file gets its name.
/// </summary>
/// <param name="hub">Asks for files.</param>
/// <param name="clock">What waiting between tries is measured with.</param>
/// <param name="freeSpace">Bytes that may still be written beneath a folder.</param>
internal sealed class FileDownloader(HubClient hub, TimeProvider clock, Func<string, long> freeSpace)
{
    /// <summary>A server that sends nothing for so long is taken for gone.</summary>
    public TimeSpan StallLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Downloads a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="destination">Where it shall appear; a file that is there is replaced.</param>
    /// <param name="progress">Is told how it goes.</param>
    /// <param name="cancellationToken">Stops it; what has arrived is kept for the next time.</param>
    /// <returns>What the server said about the file.</returns>
    /// <exception cref="RemoteFileMissingException">The server has no such file.</exception>
    /// <exception cref="DownloadException">It did not succeed.</exception>
    public async Task<RemoteFacts> DownloadAsync(RemoteFile file, string destination, ITransferProgress progress, CancellationToken cancellationToken)
    {
        var part = new PartialFile(destination);
        var schedule = new RetrySchedule();
        bool mayStartAnew = true;
        while (true)
        {
            long before = part.Length;
            try
            {
                var transfer = new FileTransfer(file, part, hub, clock, freeSpace, progress, StallLimit);
                RemoteFacts facts = await transfer.RunAsync(cancellationToken).ConfigureAwait(false);
                part.Commit();
                return facts;
            }
            catch (WrongHashException wrong) when (wrong.WasContinued && mayStartAnew)
            {
                mayStartAnew = false;
                progress.Note("what earlier tries left does not fit together; it is discarded and the download starts anew.");
            }
            catch (BrokenTransferException broken)
            {
                if (schedule.Next(broken, part.Length > before) is not { } wait)
                {
                    throw DownloadErrors.GivenUp(file, broken, part.Length);
                }

                progress.Note($"{broken.Message}; trying again in {Duration.Text(wait)}.");
                await Task.Delay(wait, clock, cancellationToken).ConfigureAwait(false);
            }
            catch (IOException full) when (DiskSpace.IsFull(full))
            {
                throw DownloadErrors.DiskFull(file, destination, part.Length, freeSpace, full);
            }
        }
    }
}
