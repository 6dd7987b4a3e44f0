using System.Net;
using System.Text.Json;
using DiffSeg.AspNetCore.Tests.Support;
using DiffSeg.Cli.Tests.Evaluating;
using DiffSeg.Cli.Tests.Support;

namespace DiffSeg.Cli.Tests.Serving;

/// <summary>How the service ends when something does not: an upload, a run of the model.</summary>
public sealed class ServeEndTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Requests_that_outlast_the_grace_are_given_up_and_told()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent the Unix way.");
        using ToolProcess serving = ServiceProcess.Start(_folder, "--grace", "0");
        using HttpClient client = await ServiceProcess.ClientAsync(serving);
        using RawClient uploading = await RawClient.PromiseAsync(client.BaseAddress!.Port, 100);

        Assert.Equal(0, ProcessTests.Kill(serving.Process.Id, ProcessTests.Terminate));

        (int code, _, string error) = await serving.FinishAsync();
        Assert.Equal(1, code);
        Assert.Equal("Given up after --grace 0 s: requests under way: 1, pictures in work: 0", JsonLog.Lines(error).Single(line => line.Event == 4).Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    public async Task Run_of_the_model_that_never_ends_is_given_up_with_the_grace(int waiting)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent the Unix way.");
        SmallModel.Write(_folder["hangs.onnx"], hangs: true);
        byte[] picture = File.ReadAllBytes(TestPicture.SaveFields(_folder["a.png"], 60, 40));
        using ToolProcess serving = ServiceProcess.Start(
            _folder, "--model", "hangs.onnx", "--anchors", "8", "--workers", "1", "--threads", "1", "--grace", "1", "--timeout", waiting == 1 ? "3600" : "1");
        using HttpClient client = await ServiceProcess.ClientAsync(serving);
        Task<HttpResponseMessage> asking = ServiceProcess.PostAsync(client, picture);
        if (waiting == 1)
        {
            while (!(await client.GetStringAsync("/metrics", Stop)).Contains("diffseg_service_in_work 1", StringComparison.Ordinal))
            {
                await Task.Yield();
            }
        }
        else
        {
            // Who asked has been told that it takes too long; the model is at it all the same.
            using HttpResponseMessage late = await asking;
            Assert.Equal(HttpStatusCode.ServiceUnavailable, late.StatusCode);
        }

        Assert.Equal(0, ProcessTests.Kill(serving.Process.Id, ProcessTests.Terminate));

        (int code, _, string error) = await serving.FinishAsync();
        Assert.Equal(1, code);
        (int Event, string Message, JsonElement State)[] log = JsonLog.Lines(error);
        Assert.Equal([1, 3, 4, 5], log.Select(line => line.Event));
        Assert.Equal($"Given up after --grace 1 s: requests under way: {waiting}, pictures in work: 1", log[2].Message);
        if (waiting == 1)
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => asking);
        }
    }

    [Fact]
    public async Task Second_signal_ends_it_at_once_whatever_is_under_way()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A death by signal is told by the exit code as on Linux.");
        using ToolProcess serving = ServiceProcess.Start(_folder, "--grace", "3600");
        using HttpClient client = await ServiceProcess.ClientAsync(serving);
        using RawClient uploading = await RawClient.PromiseAsync(client.BaseAddress!.Port, 100);
        Assert.Equal(0, ProcessTests.Kill(serving.Process.Id, ProcessTests.Terminate));
        await UntilRefusedAsync(client);

        Assert.Equal(0, ProcessTests.Kill(serving.Process.Id, ProcessTests.Terminate));

        Assert.Equal(128 + ProcessTests.Terminate, (await serving.FinishAsync()).Code);
    }

    // Once the service has heard the signal it takes no more connections.
    private static async Task UntilRefusedAsync(HttpClient client)
    {
        try
        {
            while (true)
            {
                await client.GetStringAsync("/health/live", Stop);
            }
        }
        catch (HttpRequestException)
        {
            // As it should be.
        }
    }
}
