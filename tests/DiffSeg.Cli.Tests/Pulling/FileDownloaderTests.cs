using DiffSeg.Cli.Pulling;
using DiffSeg.Cli.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace DiffSeg.Cli.Tests.Pulling;

/// <summary>Downloads from a real server on loopback that misbehaves on purpose.</summary>
public sealed class FileDownloaderTests : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private readonly InstantClock _clock = new();
    private readonly RecordedTransfer _progress = new();
    private readonly byte[] _content = new byte[300_000];
    private FileServer _server = null!;
    private ServedFile _file = null!;

    public async ValueTask InitializeAsync()
    {
        new Random(7).NextBytes(_content);
        _server = await FileServer.StartAsync();
        _file = _server.Serve("/weights.pb", _content);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Whole_file_appears_under_its_name_and_nothing_besides()
    {
        RemoteFacts facts = await Download();

        AssertWhole();
        Assert.Equal((300_000L, _file.Sha256, "c0ffee"), (facts.Size, facts.Sha256, facts.Commit));
        Assert.Equal((300_000L, 300_000L), (_progress.Bytes, _progress.Size));
        Assert.Empty(_clock.Waits);
    }

    [Fact]
    public async Task Cut_connection_is_gone_on_with_from_the_last_byte()
    {
        _server.Misbehave = async (context, number) =>
        {
            if (number <= 2)
            {
                await _server.CutAsync(context, _file, number == 1 ? 0 : 100_000, 100_000);
            }

            return number <= 2;
        };

        await Download();

        AssertWhole();
        Assert.Equal(["", "bytes=100000-", "bytes=200000-"], _server.Requests.Select(request => request.Range));
        Assert.Equal(["", _file.ETag, _file.ETag], _server.Requests.Select(request => request.IfRange));
        Assert.Equal(["the connection was cut; trying again in 1.00 s.", "the connection was cut; trying again in 1.00 s."], _progress.Notes);
    }

    [Fact]
    public async Task What_an_ended_process_left_is_gone_on_with()
    {
        _server.Misbehave = async (context, _) =>
        {
            await _server.CutAsync(context, _file, 0, 120_000);
            return true;
        };
        using var stop = new CancellationTokenSource();
        _progress.OnNote = stop.Cancel;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Download(cancellationToken: stop.Token));
        Assert.Equal(["weights.pb.part", "weights.pb.part.json"], _folder.Files);

        _server.Misbehave = (_, _) => Task.FromResult(false);
        await Download();

        AssertWhole();
        Assert.Equal("bytes=120000-", _server.Requests.Last().Range);
    }

    [Fact]
    public async Task File_that_changed_meanwhile_is_begun_anew()
    {
        var other = new byte[_content.Length];
        new Random(8).NextBytes(other);
        _server.Misbehave = async (context, number) =>
        {
            if (number == 1)
            {
                _server.Serve("/weights.pb", other);
                await _server.CutAsync(context, _file, 0, 100_000);
            }

            return number == 1;
        };

        await Download();

        Assert.Equal(other, File.ReadAllBytes(_folder["weights.pb"]));
        Assert.Equal(_file.ETag, _server.Requests.Last().IfRange);
    }

    [Fact]
    public async Task Changed_file_from_a_server_that_ignores_If_Range_is_begun_anew()
    {
        var other = new byte[_content.Length];
        new Random(8).NextBytes(other);
        _server.Misbehave = async (context, number) =>
        {
            if (number == 1)
            {
                _server.Serve("/weights.pb", other);
                await _server.CutAsync(context, _file, 0, 100_000);
            }
            else if (number == 2)
            {
                context.Request.Headers.Remove("If-Range");
            }

            return number == 1;
        };

        await Download();

        Assert.Equal(other, File.ReadAllBytes(_folder["weights.pb"]));
        Assert.Equal(["", "bytes=100000-", ""], _server.Requests.Select(request => request.Range));
    }

    [Fact]
    public async Task Server_without_ranges_sends_all_of_it_again()
    {
        _file = _server.Files["/weights.pb"] = _file with { Ranges = false };
        _server.Misbehave = async (context, number) =>
        {
            if (number == 1)
            {
                await _server.CutAsync(context, _file, 0, 100_000);
            }

            return number == 1;
        };

        await Download();

        AssertWhole();
        Assert.Equal(["", "bytes=100000-"], _server.Requests.Select(request => request.Range));
    }

    [Fact]
    public async Task Part_that_nothing_identifies_is_not_gone_on_with()
    {
        _file = _server.Files["/weights.pb"] = _file with { ETag = null, LinkedHash = null };
        _server.Misbehave = async (context, number) =>
        {
            if (number == 1)
            {
                await _server.CutAsync(context, _file, 0, 100_000);
            }

            return number == 1;
        };

        await Download();

        AssertWhole();
        Assert.Equal(["", ""], _server.Requests.Select(request => request.Range));
    }

    [Fact]
    public async Task Damaged_part_is_found_by_the_hash_and_the_download_starts_anew()
    {
        _folder.Write("weights.pb.part", new byte[5000]);
        _folder.Write("weights.pb.part.json", System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(
            new PartialFacts(_server.Of("/weights.pb").AbsoluteUri, 300_000, _file.Sha256, _file.ETag)));

        await Download();

        AssertWhole();
        Assert.Equal(["bytes=5000-", ""], _server.Requests.Select(request => request.Range));
        Assert.Equal(["what earlier tries left does not fit together; it is discarded and the download starts anew."], _progress.Notes);
    }

    [Fact]
    public async Task Part_that_is_already_whole_is_checked_and_named()
    {
        _folder.Write("weights.pb.part", _content);
        _folder.Write("weights.pb.part.json", System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(
            new PartialFacts(_server.Of("/weights.pb").AbsoluteUri, 300_000, _file.Sha256, _file.ETag)));

        await Download();

        AssertWhole();
        Assert.Equal(["bytes=300000-"], _server.Requests.Select(request => request.Range));
    }

    [Fact]
    public async Task Wrong_hash_discards_the_file_and_says_so()
    {
        _server.Files["/weights.pb"] = _file with { LinkedHash = new string('a', 64) };

        DownloadException error = await Assert.ThrowsAnyAsync<DownloadException>(() => Download());

        Assert.Equal(
            $"weights.pb from 127.0.0.1 has the SHA-256 {_file.Sha256}, not {new string('a', 64)}: it is damaged, or another file. It has been discarded.",
            error.Message);
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public async Task Hash_of_the_catalogue_counts_and_a_server_with_another_file_is_not_begun()
    {
        DownloadException error = await Assert.ThrowsAnyAsync<DownloadException>(() => Download(sha256: new string('b', 64)));

        Assert.Contains($"has the SHA-256 {_file.Sha256}, not {new string('b', 64)}", error.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Files);
        Assert.Equal(0, _progress.Bytes);
    }

    [Fact]
    public async Task Git_hash_of_a_small_file_is_no_SHA_256()
    {
        _server.Files["/weights.pb"] = _file with { LinkedHash = null, ETag = "\"5d41402abc4b2a76b9719d911017c592ae4f0c11\"" };

        await Download();

        AssertWhole();
    }

    [Fact]
    public async Task Wrong_length_is_told_before_anything_is_kept()
    {
        DownloadException error = await Assert.ThrowsAnyAsync<DownloadException>(() => Download(size: 299_999));

        Assert.Equal(
            "weights.pb should have 299999 bytes, and 127.0.0.1 has 300000: it is another file, or a server or proxy in between alters it. Nothing of it was kept.",
            error.Message);
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public async Task Login_page_in_the_files_place_is_told_by_its_length_and_costs_nothing()
    {
        _server.Misbehave = async (context, _) =>
        {
            context.Response.Headers["X-Linked-Size"] = "300000";
            context.Response.ContentLength = 13;
            await context.Response.WriteAsync("please log in");
            return true;
        };

        _folder.Write("weights.pb.part", _content.AsSpan(0, 5000));
        _folder.Write("weights.pb.part.json", System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(
            new PartialFacts(_server.Of("/weights.pb").AbsoluteUri, 300_000, _file.Sha256, _file.ETag)));

        DownloadException error = await Assert.ThrowsAnyAsync<DownloadException>(() => Download());

        Assert.StartsWith("weights.pb should have 300000 bytes, and 127.0.0.1 has 13: ", error.Message, StringComparison.Ordinal);

        _server.Misbehave = (_, _) => Task.FromResult(false);
        await Download();
        AssertWhole();
        Assert.Equal("bytes=5000-", _server.Requests.Last().Range);
    }

    [Fact]
    public async Task Answer_that_ends_early_without_saying_so_is_gone_on_with()
    {
        _server.Misbehave = async (context, number) =>
        {
            if (number > 1)
            {
                return false;
            }

            // No Content-Length: the end of the chunks looks like the end of the file.
            context.Response.Headers["X-Linked-Etag"] = $"\"{_file.Sha256}\"";
            context.Response.Headers["X-Linked-Size"] = "300000";
            await context.Response.Body.WriteAsync(_content.AsMemory(0, 70_000));
            return true;
        };

        await Download();

        AssertWhole();
        Assert.Equal(["the server ended after 70000 of 300000 bytes; trying again in 1.00 s."], _progress.Notes);
        Assert.Equal("bytes=70000-", _server.Requests.Last().Range);
    }

    [Fact]
    public async Task Missing_file_is_final()
    {
        RemoteFileMissingException error = await Assert.ThrowsAsync<RemoteFileMissingException>(() => Download(path: "/other.pb"));

        Assert.Equal(
            $"127.0.0.1 has no weights.pb (404, {_server.Of("/other.pb")}). The repository may have been moved or removed; --mirror gives another server.",
            error.Message);
        Assert.Single(_server.Requests);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task Refused_file_names_the_token_and_the_licence_gate(int status)
    {
        Answer(_ => status);

        DownloadException error = await Assert.ThrowsAsync<DownloadException>(() => Download());

        Assert.Equal(
            $"127.0.0.1 refuses weights.pb ({status}). If the model is behind a licence gate, accept its licence on the web page of the repository, "
            + "make an access token there, and give it by --token or in the environment variable HF_TOKEN.",
            error.Message);
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task Server_that_asks_for_a_wait_gets_it()
    {
        Answer(number => number switch { 1 => 429, 2 => 503, _ => null }, context =>
            context.Response.Headers.RetryAfter = _server.Requests.Count == 1 ? "7" : "Tue, 01 Jan 2030 00:00:42 GMT");

        await Download();

        AssertWhole();
        Assert.Equal([TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(42)], _clock.Waits);
        Assert.Equal("the server answers 429 (TooManyRequests); trying again in 7.00 s.", _progress.Notes[0]);
    }

    [Fact]
    public async Task Server_that_asks_for_too_long_a_wait_is_told_of()
    {
        Answer(_ => 429, context => context.Response.Headers.RetryAfter = "7200");

        DownloadException error = await Assert.ThrowsAsync<DownloadException>(() => Download());

        Assert.Equal(
            "weights.pb could not be downloaded from 127.0.0.1: the server answers 429 (TooManyRequests). The server asks to come back in 2 h 00 min.",
            error.Message);
        Assert.Empty(_clock.Waits);
    }

    [Fact]
    public async Task Server_in_trouble_is_tried_less_and_less_often_and_then_given_up()
    {
        Answer(_ => 500);

        DownloadException error = await Assert.ThrowsAsync<DownloadException>(() => Download());

        Assert.Equal([1, 2, 4, 8, 16], _clock.Waits.Select(wait => (int)wait.TotalSeconds));
        Assert.Equal("weights.pb could not be downloaded from 127.0.0.1: the server answers 500 (InternalServerError).", error.Message);
    }

    [Fact]
    public async Task Server_that_is_not_there_is_told_of_with_what_to_check()
    {
        await _server.DisposeAsync();

        DownloadException error = await Assert.ThrowsAsync<DownloadException>(() => Download());

        Assert.StartsWith("weights.pb could not be downloaded from 127.0.0.1: ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Check the network; HTTPS_PROXY names a proxy, --mirror another server.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_that_falls_silent_is_taken_for_gone()
    {
        _server.Misbehave = async (context, number) =>
        {
            if (number > 1)
            {
                return false;
            }

            context.Response.ContentLength = _content.Length;
            context.Response.Headers.ETag = _file.ETag;
            context.Response.Headers["X-Linked-Etag"] = $"\"{_file.Sha256}\"";
            await context.Response.Body.WriteAsync(_content.AsMemory(0, 50_000));
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return true;
        };

        await Download(stallLimit: TimeSpan.FromMilliseconds(200));

        AssertWhole();
        Assert.Equal(["nothing came for 200 ms; trying again in 1.00 s."], _progress.Notes);
        Assert.Equal("bytes=50000-", _server.Requests.Last().Range);
    }

    [Fact]
    public async Task Slow_start_is_waited_for()
    {
        var gate = new TaskCompletionSource();
        _server.Misbehave = async (context, _) =>
        {
            await context.Response.StartAsync();
            await gate.Task;
            await context.Response.Body.WriteAsync(_content);
            return true;
        };

        Task<RemoteFacts> download = Download();
        gate.SetResult();
        await download;

        AssertWhole();
    }

    [Fact]
    public async Task Too_little_room_is_told_before_the_first_byte()
    {
        DownloadException error = await Assert.ThrowsAsync<DownloadException>(() => Download(free: 100_000));

        Assert.Equal(
            $"weights.pb needs 293 kB in '{_folder.Path}', and 98 kB are free there. Make room, or point DIFFSEG_HOME at a folder on a larger disk.",
            error.Message);
        Assert.Equal(0, _progress.Bytes);
    }

    [Fact]
    public async Task Disk_that_fills_up_on_the_way_is_told_of_and_what_arrived_is_kept()
    {
        using SmallDisk? disk = SmallDisk.Mount(_folder["disk"], kilobytes: 128);
        Assert.SkipWhen(disk is null, "A small file system can be mounted by root on Linux only.");

        DownloadException error = await Assert.ThrowsAsync<DownloadException>(() => Download(destination: "disk/weights.pb", size: 300_000));

        long arrived = new FileInfo(_folder["disk/weights.pb.part"]).Length;
        Assert.InRange(arrived, 1, 128 * 1024);
        Assert.StartsWith("The rest of weights.pb needs ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Make room, or point DIFFSEG_HOME at a folder on a larger disk. What has arrived is kept: the same command goes on from there.", error.Message, StringComparison.Ordinal);
    }

    private void Answer(Func<int, int?> status, Action<HttpContext>? also = null) => _server.Misbehave = (context, number) =>
    {
        if (status(number) is not { } code)
        {
            return Task.FromResult(false);
        }

        context.Response.StatusCode = code;
        also?.Invoke(context);
        return Task.FromResult(true);
    };

    private async Task<RemoteFacts> Download(
        string path = "/weights.pb", long? size = null, string? sha256 = null, long free = long.MaxValue, TimeSpan? stallLimit = null, string destination = "weights.pb", CancellationToken? cancellationToken = null)
    {
        using var http = new HttpMessageInvoker(HubClient.CreateHandler());
        var downloader = new FileDownloader(new HubClient(http, token: null), _clock, _ => free) { StallLimit = stallLimit ?? TimeSpan.FromMinutes(1) };
        var file = new RemoteFile(_server.Of(path), "weights.pb", size, sha256);
        return await downloader.DownloadAsync(file, _folder[destination], _progress, cancellationToken ?? TestContext.Current.CancellationToken);
    }

    private void AssertWhole()
    {
        Assert.Equal(["weights.pb"], _folder.Files);
        Assert.Equal(_content, File.ReadAllBytes(_folder["weights.pb"]));
    }

    private sealed class RecordedTransfer : ITransferProgress
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
