using DiffSeg.Cli.Pulling;
using DiffSeg.Cli.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace DiffSeg.Cli.Tests.Pulling;

/// <summary>A server on loopback with one file, and downloads of it.</summary>
public abstract class DownloadTests : IAsyncLifetime
{
    private protected TestFolder Folder { get; } = new();
    private protected InstantClock Clock { get; } = new();
    private protected RecordedTransfer Progress { get; } = new();
    private protected byte[] Content { get; } = new byte[300_000];
    private protected FileServer Server { get; private set; } = null!;
    private protected ServedFile Served { get; set; } = null!;

    public async ValueTask InitializeAsync()
    {
        new Random(7).NextBytes(Content);
        Server = await FileServer.StartAsync();
        Served = Server.Serve("/weights.pb", Content);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Folder.Dispose();
    }

    private protected void Answer(Func<int, int?> status, Action<HttpContext>? also = null) => Server.Misbehave = (context, number) =>
    {
        if (status(number) is not { } code)
        {
            return Task.FromResult(false);
        }

        context.Response.StatusCode = code;
        also?.Invoke(context);
        return Task.FromResult(true);
    };

    private protected async Task<RemoteFacts> Download(
        string path = "/weights.pb", long? size = null, string? sha256 = null, long free = long.MaxValue, TimeSpan? stallLimit = null, string destination = "weights.pb", CancellationToken? cancellationToken = null)
    {
        using var http = new HttpMessageInvoker(HubClient.CreateHandler());
        var downloader = new FileDownloader(new HubClient(http, token: null), Clock, _ => free) { StallLimit = stallLimit ?? TimeSpan.FromMinutes(1) };
        var file = new RemoteFile(Server.Of(path), "weights.pb", size, sha256);
        return await downloader.DownloadAsync(file, Folder[destination], Progress, cancellationToken ?? TestContext.Current.CancellationToken);
    }

    private protected void AssertWhole()
    {
        Assert.Equal(["weights.pb"], Folder.Files);
        Assert.Equal(Content, File.ReadAllBytes(Folder["weights.pb"]));
    }

    private protected sealed class RecordedTransfer : ITransferProgress
    {
        public long Bytes { get; private set; }

        public long? Size { get; private set; }

        public List<string> Notes { get; } = [];

        public Action OnNote { get; set; } = () => { };

        public void At(long bytes, long? size) => (Bytes, Size) = (bytes, size);

        public void Note(string line)
        {
            Notes.Add(line);
            OnNote();
        }
    }
}
