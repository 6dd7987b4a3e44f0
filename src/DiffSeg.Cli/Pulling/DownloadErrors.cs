using System.Net;
using DiffSeg.Cli.Reporting;

namespace DiffSeg.Cli.Pulling;

/// <summary>What is said when a download does not succeed: the file, the cause, and what to do.</summary>
internal static class DownloadErrors
{
    /// <summary>The error of an answer that no further try will change.</summary>
    /// <param name="file">The file.</param>
    /// <param name="status">The answer.</param>
    public static DownloadException Refused(RemoteFile file, HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new DownloadException(
            $"{file.Address.Host} refuses {file.Name} ({(int)status}). If the model is behind a licence gate, accept its licence on the web page of the repository, "
            + "make an access token there, and give it by --token or in the environment variable HF_TOKEN."),
        HttpStatusCode.NotFound or HttpStatusCode.Gone => new RemoteFileMissingException(
            $"{file.Address.Host} has no {file.Name} ({(int)status}, {file.Address}). The repository may have been moved or removed; --mirror gives another server."),
        _ => new DownloadException($"{file.Address.Host} answers {(int)status} ({status}) to a request for {file.Name} ({file.Address})."),
    };

    /// <summary>The error after the last try.</summary>
    /// <param name="file">The file.</param>
    /// <param name="broken">Why the last try ended.</param>
    /// <param name="arrived">Bytes that are kept.</param>
    public static DownloadException GivenUp(RemoteFile file, BrokenTransferException broken, long arrived)
    {
        string kept = arrived > 0 ? $" {ByteSize.Text(arrived)} have arrived and are kept: the same command goes on from there." : "";
        string later = broken.RetryAfter is { } wait && wait > RetrySchedule.LongestWait ? $" The server asks to come back in {Duration.Text(wait)}." : "";
        string reach = broken.Status is null ? " Check the network; HTTPS_PROXY names a proxy, --mirror another server." : "";
        return new DownloadException($"{file.Name} could not be downloaded from {file.Address.Host}: {broken.Message}.{later}{kept}{reach}", broken);
    }

    /// <summary>The error of a disk that is full.</summary>
    /// <param name="file">The file.</param>
    /// <param name="destination">Where it was to go.</param>
    /// <param name="arrived">Bytes that are kept.</param>
    /// <param name="freeSpace">Bytes that may still be written beneath a folder.</param>
    /// <param name="cause">What was thrown.</param>
    public static DownloadException DiskFull(RemoteFile file, string destination, long arrived, Func<string, long> freeSpace, IOException cause)
    {
        string folder = Path.GetDirectoryName(destination)!;
        string needed = file.Size is { } size ? DiskSpace.Shortage($"The rest of {file.Name}", folder, size - arrived, freeSpace(folder)) : $"The disk of '{folder}' is full. Make room, or point DIFFSEG_HOME at a folder on a larger disk.";
        return new DownloadException($"{needed} What has arrived is kept: the same command goes on from there.", cause);
    }

    /// <summary>The error of a file that is not as long as it should be.</summary>
    /// <param name="file">The file.</param>
    /// <param name="expected">The length that was promised.</param>
    /// <param name="found">The length that is.</param>
    public static DownloadException WrongLength(RemoteFile file, long expected, long found) => new(
        $"{file.Name} should have {expected} bytes, and {file.Address.Host} has {found}: it is another file, or a server or proxy in between alters it. Nothing of it was kept.");

    /// <summary>The error of a file with other contents than promised.</summary>
    /// <param name="file">The file.</param>
    /// <param name="expected">The hash that was promised.</param>
    /// <param name="found">The hash that is.</param>
    /// <param name="continued">Whether a part of it came from an earlier try.</param>
    public static WrongHashException WrongHash(RemoteFile file, string expected, string found, bool continued) => new(
        $"{file.Name} from {file.Address.Host} has the SHA-256 {found}, not {expected}: it is damaged, or another file. It has been discarded.", continued);
}
