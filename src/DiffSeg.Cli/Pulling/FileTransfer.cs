using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using DiffSeg.Cli.Reporting;

namespace DiffSeg.Cli.Pulling;

/// <summary>One try to bring a file: from what has arrived before to the last byte, with length and hash checked.</summary>
internal sealed class FileTransfer(
    RemoteFile file, PartialFile part, HubClient hub, TimeProvider clock, Func<string, long> freeSpace, ITransferProgress progress, TimeSpan stallLimit)
{
    private const int BlockSize = 1 << 18;
    private const int WorthNoting = 1 << 20;

    /// <summary>Does it.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What the server said about the file.</returns>
    /// <exception cref="BrokenTransferException">It broke; another try may succeed.</exception>
    /// <exception cref="DownloadException">No other try will succeed.</exception>
    public async Task<RemoteFacts> RunAsync(CancellationToken cancellationToken)
    {
        PartialFacts? earlier = Usable(part.ReadFacts());
        using HubAnswer answer = await AskAsync(earlier is null ? 0 : part.Length, TagFor(earlier), cancellationToken).ConfigureAwait(false);
        if (answer.Response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && earlier is not null)
        {
            // Nothing after the last byte: everything has arrived, unless the file has changed.
            if (Fits(earlier, answer) && answer.Facts.Size == part.Length)
            {
                return await CheckedAsync(answer.Facts with { Sha256 = answer.Facts.Sha256 ?? earlier.Sha256 }, true, cancellationToken).ConfigureAwait(false);
            }

            return await FromBeginningAsync(cancellationToken).ConfigureAwait(false);
        }

        Refuse(answer.Response);
        bool partial = answer.Response.StatusCode == HttpStatusCode.PartialContent;
        if (partial && (earlier is null || !Fits(earlier, answer) || answer.Response.Content.Headers.ContentRange?.From != part.Length))
        {
            return await FromBeginningAsync(cancellationToken).ConfigureAwait(false);
        }

        return await ReceiveAsync(answer, partial, cancellationToken).ConfigureAwait(false);
    }

    private async Task<RemoteFacts> FromBeginningAsync(CancellationToken cancellationToken)
    {
        part.Discard();
        using HubAnswer answer = await AskAsync(0, null, cancellationToken).ConfigureAwait(false);
        Refuse(answer.Response);
        return await ReceiveAsync(answer, false, cancellationToken).ConfigureAwait(false);
    }

    private async Task<HubAnswer> AskAsync(long from, string? tag, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(stallLimit);
        try
        {
            return await hub.GetAsync(file.Address, from, tag, limit.Token).ConfigureAwait(false);
        }
        catch (HttpRequestException problem)
        {
            throw problem.HttpRequestError == HttpRequestError.SecureConnectionError
                ? new DownloadException($"No secure connection to {file.Address.Host}: {problem.GetBaseException().Message}", problem)
                : new BrokenTransferException(problem.GetBaseException().Message.TrimEnd('.'), problem);
        }
        catch (OperationCanceledException problem) when (!cancellationToken.IsCancellationRequested)
        {
            throw new BrokenTransferException($"no answer for {Duration.Text(stallLimit)}", problem);
        }
    }

    private async Task<RemoteFacts> ReceiveAsync(HubAnswer answer, bool continued, CancellationToken cancellationToken)
    {
        RemoteFacts facts = Agreed(answer.Facts);
        long arrived = continued ? part.Length : 0;
        if (!continued)
        {
            part.Restart(new PartialFacts(file.Address.AbsoluteUri, facts.Size, facts.Sha256, facts.ETag));
        }

        CheckSpace(facts.Size - arrived);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        if (continued)
        {
            await HashArrivedAsync(hash, cancellationToken).ConfigureAwait(false);
        }

        progress.At(arrived, facts.Size);
        using (FileStream output = part.Append())
        {
            arrived = await CopyAsync(answer.Response, output, hash, arrived, facts.Size, cancellationToken).ConfigureAwait(false);
            output.Flush(flushToDisk: true);
        }

        return facts.Size is { } size && arrived < size
            ? throw new BrokenTransferException($"the server ended after {arrived} of {size} bytes")
            : Verified(facts, arrived, hash, continued);
    }

    private async Task<long> CopyAsync(HttpResponseMessage response, FileStream output, IncrementalHash hash, long arrived, long? size, CancellationToken cancellationToken)
    {
        using Stream input = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var block = new byte[BlockSize];
        while (true)
        {
            int read = await ReadAsync(input, block, cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return arrived;
            }

            await output.WriteAsync(block.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            hash.AppendData(block, 0, read);
            arrived += read;
            progress.At(arrived, size);
            if (arrived > size)
            {
                output.Dispose();
                part.Discard();
                throw DownloadErrors.WrongLength(file, size.Value, arrived);
            }
        }
    }

    // Errors of the network and of the disk look alike where both are streams; here they are told apart.
    private async Task<int> ReadAsync(Stream input, byte[] block, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(stallLimit);
        try
        {
            return await input.ReadAsync(block, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException problem) when (!cancellationToken.IsCancellationRequested)
        {
            throw new BrokenTransferException($"nothing came for {Duration.Text(stallLimit)}", problem);
        }
        catch (Exception problem) when (problem is IOException or HttpRequestException)
        {
            throw new BrokenTransferException("the connection was cut", problem);
        }
    }

    private async Task<RemoteFacts> CheckedAsync(RemoteFacts facts, bool continued, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await HashArrivedAsync(hash, cancellationToken).ConfigureAwait(false);
        return Verified(Agreed(facts), part.Length, hash, continued);
    }

    private RemoteFacts Verified(RemoteFacts facts, long arrived, IncrementalHash hash, bool continued)
    {
        string found = Convert.ToHexStringLower(hash.GetHashAndReset());
        if (facts.Sha256 is { } expected && expected != found)
        {
            part.Discard();
            throw DownloadErrors.WrongHash(file, expected, found, continued);
        }

        if (facts.Sha256 is null && arrived >= WorthNoting)
        {
            progress.Note("neither the server nor the catalogue gives its SHA-256; only its length could be checked.");
        }

        return facts with { Size = arrived, Sha256 = found };
    }

    private async Task HashArrivedAsync(IncrementalHash hash, CancellationToken cancellationToken)
    {
        using FileStream arrived = part.Read();
        var block = new byte[BlockSize];
        while (await arrived.ReadAsync(block, cancellationToken).ConfigureAwait(false) is > 0 and var read)
        {
            hash.AppendData(block, 0, read);
        }
    }

    // What the catalogue says counts; a server that says otherwise has another file, and it is not even begun. What has
    // arrived stays: the answer may be the login page of a network.
    private RemoteFacts Agreed(RemoteFacts facts)
    {
        long? size = file.Size ?? facts.Size;
        if (size is { } expected && (Other(facts.Size, expected) ?? Other(facts.Served, expected)) is { } other)
        {
            throw DownloadErrors.WrongLength(file, expected, other);
        }

        if (file.Sha256 is { } hash && facts.Sha256 is { } statedHash && statedHash != hash)
        {
            throw DownloadErrors.WrongHash(file, hash, statedHash, continued: false);
        }

        return facts with { Size = size, Sha256 = file.Sha256 ?? facts.Sha256 };
    }

    private static long? Other(long? stated, long expected) => stated == expected ? null : stated;

    private void CheckSpace(long? needed)
    {
        string folder = Path.GetDirectoryName(part.Destination)!;
        if (needed is { } bytes && freeSpace(folder) is var free && bytes > free)
        {
            throw new DownloadException(DiskSpace.Shortage(file.Name, folder, bytes, free));
        }
    }

    // A part is gone on with only when something will tell whether it belongs to the file of today.
    private PartialFacts? Usable(PartialFacts? earlier) =>
        earlier is not null && (TagFor(earlier) is not null || earlier.Sha256 is not null) ? earlier : null;

    private string? TagFor(PartialFacts? earlier) => earlier?.Address == file.Address.AbsoluteUri ? earlier.ETag : null;

    private bool Fits(PartialFacts earlier, HubAnswer answer)
    {
        RemoteFacts now = answer.Facts;
        return (earlier.Size is null || now.Size is null || earlier.Size == now.Size)
            && (earlier.Sha256 is null || now.Sha256 is null || earlier.Sha256 == now.Sha256)
            && (TagFor(earlier) is not { } tag || now.ETag is null || tag == now.ETag);
    }

    private void Refuse(HttpResponseMessage response)
    {
        if (response.IsSuccessStatusCode)
        {
            return;
        }

        if (response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || (int)response.StatusCode >= 500)
        {
            throw new BrokenTransferException($"the server answers {(int)response.StatusCode} ({response.StatusCode})")
            {
                Status = response.StatusCode,
                RetryAfter = Wait(response.Headers.RetryAfter),
            };
        }

        throw DownloadErrors.Refused(file, response.StatusCode);
    }

    private TimeSpan? Wait(RetryConditionHeaderValue? asked) => asked?.Delta ?? (asked?.Date - clock.GetUtcNow());
}
