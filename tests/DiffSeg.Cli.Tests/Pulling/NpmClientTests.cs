using System.Runtime.Versioning;
using DiffSeg.Cli.Pulling;
using DiffSeg.Cli.Tests.Support;

namespace DiffSeg.Cli.Tests.Pulling;

/// <summary>The npm client, with scripts in its place.</summary>
public sealed class NpmClientTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Archive_that_npm_leaves_is_returned()
    {
        string path = await Pack("""echo "$@" > arguments; echo archive > p-1.0.0.tgz; echo p-1.0.0.tgz""", offline: true);

        Assert.Equal(_folder["out/p-1.0.0.tgz"], path);
        Assert.Equal("pack @a/p@1.0.0 --ignore-scripts --no-progress --loglevel=error --offline\n", File.ReadAllText(_folder["out/arguments"]));
    }

    [Fact]
    public async Task What_npm_says_is_told_when_it_fails()
    {
        DownloadException error = await Assert.ThrowsAsync<DownloadException>(() => Pack("echo npm error code E404 >&2; echo npm error 404 Not Found >&2; exit 3"));

        Assert.Equal("npm could not fetch @a/p@1.0.0 (exit code 3). It said:\nnpm error code E404\nnpm error 404 Not Found", error.Message.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Npm_that_leaves_nothing_is_told()
    {
        DownloadException error = await Assert.ThrowsAsync<DownloadException>(() => Pack("exit 0"));

        Assert.Equal($"npm left 0 archives of @a/p@1.0.0 in '{_folder["out"]}', not one. It said nothing.", error.Message);
    }

    [Fact]
    public async Task Machine_without_npm_is_told_what_it_needs()
    {
        DownloadException error = await Assert.ThrowsAsync<DownloadException>(
            () => new NpmClient(_folder["no-such-npm"]).PackAsync("p", "1.0.0", _folder.Path, false, TestContext.Current.CancellationToken));

        Assert.StartsWith("The program npm is needed to fetch p, and it cannot be started (", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("It comes with Node.js: install that, or put npm on the PATH.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_ends_npm()
    {
        using var stop = new CancellationTokenSource();
        Task<string> pack = Pack("echo > begun; exec sleep 1000", cancellationToken: stop.Token);
        while (!File.Exists(_folder["out/begun"]) && !pack.IsCompleted)
        {
            await Task.Yield();
        }

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pack);
    }

    private async Task<string> Pack(string script, bool offline = false, CancellationToken? cancellationToken = null)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The scripts are of the Unix shell.");
        return OperatingSystem.IsWindows() ? "" : await PackByShellAsync(script, offline, cancellationToken);
    }

    [UnsupportedOSPlatform("windows")]
    private async Task<string> PackByShellAsync(string script, bool offline, CancellationToken? cancellationToken)
    {
        string program = _folder.Write("npm", System.Text.Encoding.UTF8.GetBytes("#!/bin/sh\n" + script + "\n"));
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.CreateDirectory(_folder["out"]);
        return await new NpmClient(program).PackAsync("@a/p", "1.0.0", _folder["out"], offline, cancellationToken ?? TestContext.Current.CancellationToken);
    }
}
