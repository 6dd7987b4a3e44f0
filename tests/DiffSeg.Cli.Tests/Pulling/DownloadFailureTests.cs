using DiffSeg.Cli.Pulling;
using DiffSeg.Cli.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace DiffSeg.Cli.Tests.Pulling;

/// <summary>Servers and disks that do not do what they should, and what is said of them.</summary>
public sealed class DownloadFailureTests : DownloadTests
{
    [Fact]
    public async Task Wrong_hash_discards_the_file_and_says_so()
    {
        Server.Files["/weights.pb"] = Served with { LinkedHash = new string('a', 64) };

        DownloadException error = await Assert.ThrowsAnyAsync<DownloadException>(() => Download());

        Assert.Equal(
            $"weights.pb from 127.0.0.1 has the SHA-256 {Served.Sha256}, not {new string('a', 64)}: it is damaged, or another file. It has been discarded.",
            error.Message);
        Assert.Empty(Folder.Files);
    }

    [Fact]
    public async Task Hash_of_the_catalogue_counts_and_a_server_with_another_file_is_not_begun()
    {
        DownloadException error = await Assert.ThrowsAnyAsync<DownloadException>(() => Download(sha256: new string('b', 64)));

        Assert.Contains($"has the SHA-256 {Served.Sha256}, not {new string('b', 64)}", error.Message, StringComparison.Ordinal);
        Assert.Empty(Folder.Files);
        Assert.Equal(0, Progress.Bytes);
    }

    [Fact]
    public async Task Wrong_length_is_told_before_anything_is_kept()
    {
        DownloadException error = await Assert.ThrowsAnyAsync<DownloadException>(() => Download(size: 299_999));

        Assert.Equal(
            "weights.pb should have 299999 bytes, and 127.0.0.1 has 300000: it is another file, or a server or proxy in between alters it. Nothing of it was kept.",
            error.Message);
        Assert.Empty(Folder.Files);
    }

    [Fact]
    public async Task Login_page_in_the_files_place_is_told_by_its_length_and_costs_nothing()
    {
        Server.Misbehave = async (context, _) =>
        {
            context.Response.Headers["X-Linked-Size"] = "300000";
            context.Response.ContentLength = 13;
            await context.Response.WriteAsync("please log in");
            return true;
        };

        Folder.Write("weights.pb.part", Content.AsSpan(0, 5000));
        Folder.Write("weights.pb.part.json", System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(
            new PartialFacts(Server.Of("/weights.pb").AbsoluteUri, 300_000, Served.Sha256, Served.ETag)));

        DownloadException error = await Assert.ThrowsAnyAsync<DownloadException>(() => Download());

        Assert.StartsWith("weights.pb should have 300000 bytes, and 127.0.0.1 has 13: ", error.Message, StringComparison.Ordinal);

        Server.Misbehave = (_, _) => Task.FromResult(false);
        await Download();
        AssertWhole();
        Assert.Equal("bytes=5000-", Server.Requests.Last().Range);
    }

    [Fact]
    public async Task Missing_file_is_final()
    {
        RemoteFileMissingException error = await Assert.ThrowsAsync<RemoteFileMissingException>(() => Download(path: "/other.pb"));

        Assert.Equal(
            $"127.0.0.1 has no weights.pb (404, {Server.Of("/other.pb")}). The repository may have been moved or removed; --mirror gives another server.",
            error.Message);
        Assert.Single(Server.Requests);
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
        Assert.Single(Server.Requests);
    }

    [Fact]
    public async Task Server_that_asks_for_a_wait_gets_it()
    {
        Answer(number => number switch { 1 => 429, 2 => 503, _ => null }, context =>
            context.Response.Headers.RetryAfter = Server.Requests.Count == 1 ? "7" : "Tue, 01 Jan 2030 00:00:42 GMT");

        await Download();

        AssertWhole();
        Assert.Equal([TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(42)], Clock.Waits);
        Assert.Equal("the server answers 429 (TooManyRequests); trying again in 7.00 s.", Progress.Notes[0]);
    }

    [Fact]
    public async Task Server_that_asks_for_too_long_a_wait_is_told_of()
    {
        Answer(_ => 429, context => context.Response.Headers.RetryAfter = "7200");

        DownloadException error = await Assert.ThrowsAsync<DownloadException>(() => Download());

        Assert.Equal(
            "weights.pb could not be downloaded from 127.0.0.1: the server answers 429 (TooManyRequests). The server asks to come back in 2 h 00 min.",
            error.Message);
        Assert.Empty(Clock.Waits);
    }

    [Fact]
    public async Task Server_in_trouble_is_tried_less_and_less_often_and_then_given_up()
    {
        Answer(_ => 500);

        DownloadException error = await Assert.ThrowsAsync<DownloadException>(() => Download());

        Assert.Equal([1, 2, 4, 8, 16], Clock.Waits.Select(wait => (int)wait.TotalSeconds));
        Assert.Equal("weights.pb could not be downloaded from 127.0.0.1: the server answers 500 (InternalServerError).", error.Message);
    }

    [Fact]
    public async Task Server_that_is_not_there_is_told_of_with_what_to_check()
    {
        await Server.DisposeAsync();

        DownloadException error = await Assert.ThrowsAsync<DownloadException>(() => Download());

        Assert.StartsWith("weights.pb could not be downloaded from 127.0.0.1: ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Check the network; HTTPS_PROXY names a proxy, --mirror another server.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_that_falls_silent_is_taken_for_gone()
    {
        Server.Misbehave = async (context, number) =>
        {
            if (number > 1)
            {
                return false;
            }

            context.Response.ContentLength = Content.Length;
            context.Response.Headers.ETag = Served.ETag;
            context.Response.Headers["X-Linked-Etag"] = $"\"{Served.Sha256}\"";
            await context.Response.Body.WriteAsync(Content.AsMemory(0, 50_000));
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return true;
        };

        await Download(stallLimit: TimeSpan.FromMilliseconds(200));

        AssertWhole();
        Assert.Equal(["nothing came for 200 ms; trying again in 1.00 s."], Progress.Notes);
        Assert.Equal("bytes=50000-", Server.Requests.Last().Range);
    }

    [Fact]
    public async Task Too_little_room_is_told_before_the_first_byte()
    {
        DownloadException error = await Assert.ThrowsAsync<DownloadException>(() => Download(free: 100_000));

        Assert.Equal(
            $"weights.pb needs 293 kB in '{Folder.Path}', and 98 kB are free there. Make room, or point DIFFSEG_HOME at a folder on a larger disk.",
            error.Message);
        Assert.Equal(0, Progress.Bytes);
    }

    [Fact]
    public async Task Disk_that_fills_up_on_the_way_is_told_of_and_what_arrived_is_kept()
    {
        using SmallDisk? disk = SmallDisk.Mount(Folder["disk"], kilobytes: 128);
        Assert.SkipWhen(disk is null, "A small file system can be mounted by root on Linux only.");

        DownloadException error = await Assert.ThrowsAsync<DownloadException>(() => Download(destination: "disk/weights.pb", size: 300_000));

        long arrived = new FileInfo(Folder["disk/weights.pb.part"]).Length;
        Assert.InRange(arrived, 1, 128 * 1024);
        Assert.StartsWith("The rest of weights.pb needs ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Make room, or point DIFFSEG_HOME at a folder on a larger disk. What has arrived is kept: the same command goes on from there.", error.Message, StringComparison.Ordinal);
    }
}
