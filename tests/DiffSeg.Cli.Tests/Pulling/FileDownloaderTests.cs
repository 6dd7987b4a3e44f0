using DiffSeg.Cli.Pulling;

namespace DiffSeg.Cli.Tests.Pulling;

/// <summary>Downloads from a real server on loopback that misbehaves on purpose, and yet succeed.</summary>
public sealed class FileDownloaderTests : DownloadTests
{
    [Fact]
    public async Task Whole_file_appears_under_its_name_and_nothing_besides()
    {
        RemoteFacts facts = await Download();

        AssertWhole();
        Assert.Equal((300_000L, Served.Sha256, "c0ffee"), (facts.Size, facts.Sha256, facts.Commit));
        Assert.Equal((300_000L, 300_000L), (Progress.Bytes, Progress.Size));
        Assert.Empty(Clock.Waits);
    }

    [Fact]
    public async Task Cut_connection_is_gone_on_with_from_the_last_byte()
    {
        Server.Misbehave = async (context, number) =>
        {
            if (number <= 2)
            {
                await Server.CutAsync(context, Served, number == 1 ? 0 : 100_000, 100_000);
            }

            return number <= 2;
        };

        await Download();

        AssertWhole();
        Assert.Equal(["", "bytes=100000-", "bytes=200000-"], Server.Requests.Select(request => request.Range));
        Assert.Equal(["", Served.ETag, Served.ETag], Server.Requests.Select(request => request.IfRange));
        Assert.Equal(["the connection was cut; trying again in 1.00 s.", "the connection was cut; trying again in 1.00 s."], Progress.Notes);
    }

    [Fact]
    public async Task What_an_ended_process_left_is_gone_on_with()
    {
        Server.Misbehave = async (context, _) =>
        {
            await Server.CutAsync(context, Served, 0, 120_000);
            return true;
        };
        using var stop = new CancellationTokenSource();
        Progress.OnNote = stop.Cancel;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Download(cancellationToken: stop.Token));
        Assert.Equal(["weights.pb.part", "weights.pb.part.json"], Folder.Files);

        Server.Misbehave = (_, _) => Task.FromResult(false);
        await Download();

        AssertWhole();
        Assert.Equal("bytes=120000-", Server.Requests.Last().Range);
    }

    [Fact]
    public async Task File_that_changed_meanwhile_is_begun_anew()
    {
        var other = new byte[Content.Length];
        new Random(8).NextBytes(other);
        Server.Misbehave = async (context, number) =>
        {
            if (number == 1)
            {
                Server.Serve("/weights.pb", other);
                await Server.CutAsync(context, Served, 0, 100_000);
            }

            return number == 1;
        };

        await Download();

        Assert.Equal(other, File.ReadAllBytes(Folder["weights.pb"]));
        Assert.Equal(Served.ETag, Server.Requests.Last().IfRange);
    }

    [Fact]
    public async Task Changed_file_from_a_server_that_ignores_If_Range_is_begun_anew()
    {
        var other = new byte[Content.Length];
        new Random(8).NextBytes(other);
        Server.Misbehave = async (context, number) =>
        {
            if (number == 1)
            {
                Server.Serve("/weights.pb", other);
                await Server.CutAsync(context, Served, 0, 100_000);
            }
            else if (number == 2)
            {
                context.Request.Headers.Remove("If-Range");
            }

            return number == 1;
        };

        await Download();

        Assert.Equal(other, File.ReadAllBytes(Folder["weights.pb"]));
        Assert.Equal(["", "bytes=100000-", ""], Server.Requests.Select(request => request.Range));
    }

    [Fact]
    public async Task Server_without_ranges_sends_all_of_it_again()
    {
        Served = Server.Files["/weights.pb"] = Served with { Ranges = false };
        CutFirstAnswer();

        await Download();

        AssertWhole();
        Assert.Equal(["", "bytes=100000-"], Server.Requests.Select(request => request.Range));
    }

    [Fact]
    public async Task Part_that_nothing_identifies_is_not_gone_on_with()
    {
        Served = Server.Files["/weights.pb"] = Served with { ETag = null, LinkedHash = null };
        CutFirstAnswer();

        await Download();

        AssertWhole();
        Assert.Equal(["", ""], Server.Requests.Select(request => request.Range));
    }

    [Fact]
    public async Task Damaged_part_is_found_by_the_hash_and_the_download_starts_anew()
    {
        Folder.Write("weights.pb.part", new byte[5000]);
        Folder.Write("weights.pb.part.json", System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(
            new PartialFacts(Server.Of("/weights.pb").AbsoluteUri, 300_000, Served.Sha256, Served.ETag)));

        await Download();

        AssertWhole();
        Assert.Equal(["bytes=5000-", ""], Server.Requests.Select(request => request.Range));
        Assert.Equal(["what earlier tries left does not fit together; it is discarded and the download starts anew."], Progress.Notes);
    }

    [Fact]
    public async Task Part_that_is_already_whole_is_checked_and_named()
    {
        Folder.Write("weights.pb.part", Content);
        Folder.Write("weights.pb.part.json", System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(
            new PartialFacts(Server.Of("/weights.pb").AbsoluteUri, 300_000, Served.Sha256, Served.ETag)));

        await Download();

        AssertWhole();
        Assert.Equal(["bytes=300000-"], Server.Requests.Select(request => request.Range));
    }

    [Fact]
    public async Task Git_hash_of_a_small_file_is_no_SHA_256()
    {
        Server.Files["/weights.pb"] = Served with { LinkedHash = null, ETag = "\"5d41402abc4b2a76b9719d911017c592ae4f0c11\"" };

        await Download();

        AssertWhole();
    }

    [Fact]
    public async Task Answer_that_ends_early_without_saying_so_is_gone_on_with()
    {
        Server.Misbehave = async (context, number) =>
        {
            if (number > 1)
            {
                return false;
            }

            // No Content-Length: the end of the chunks looks like the end of the file.
            context.Response.Headers["X-Linked-Etag"] = $"\"{Served.Sha256}\"";
            context.Response.Headers["X-Linked-Size"] = "300000";
            await context.Response.Body.WriteAsync(Content.AsMemory(0, 70_000));
            return true;
        };

        await Download();

        AssertWhole();
        Assert.Equal(["the server ended after 70000 of 300000 bytes; trying again in 1.00 s."], Progress.Notes);
        Assert.Equal("bytes=70000-", Server.Requests.Last().Range);
    }

    [Fact]
    public async Task Slow_start_is_waited_for()
    {
        var gate = new TaskCompletionSource();
        Server.Misbehave = async (context, _) =>
        {
            await context.Response.StartAsync();
            await gate.Task;
            await context.Response.Body.WriteAsync(Content);
            return true;
        };

        Task<RemoteFacts> download = Download();
        gate.SetResult();
        await download;

        AssertWhole();
    }

    /// <summary>The first answer breaks off after 100,000 bytes; later ones are whole.</summary>
    private void CutFirstAnswer() => Server.Misbehave = async (context, number) =>
    {
        if (number == 1)
        {
            await Server.CutAsync(context, Served, 0, 100_000);
        }

        return number == 1;
    };
}
