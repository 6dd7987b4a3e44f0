using System.Net;
using System.Text.Json;
using DiffSeg.Cli.Tests.Support;
using DiffSeg.Pictures;

namespace DiffSeg.Cli.Tests.Serving;

/// <summary>The real service in a process of its own, with the demo model, and under load.</summary>
public sealed class ServeProcessTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Masks_are_those_of_segment_and_every_end_point_answers()
    {
        TestPicture.SaveFields(_folder["a.png"], 60, 40);
        (int code, _, string problem) = await new ToolRun(_folder.Path) { Real = true }.Run("segment", "a.png", "--no-overlay", "--regions");
        Assert.True(code == 0, problem);
        using ToolProcess serving = ServiceProcess.Start(_folder, "--regions");
        using HttpClient client = await ServiceProcess.ClientAsync(serving);

        using HttpResponseMessage mask = await ServiceProcess.PostAsync(client, File.ReadAllBytes(_folder["a.png"]));

        Assert.Equal(HttpStatusCode.OK, mask.StatusCode);
        Assert.Equal(File.ReadAllBytes(_folder["masks/a.mask.png"]), await mask.Content.ReadAsByteArrayAsync(Stop));
        Assert.Equal("Healthy", await client.GetStringAsync("/health/live", Stop));
        Assert.Equal("Healthy", await client.GetStringAsync("/health/ready", Stop));
        Assert.Contains("diffseg_service_pictures_total{outcome=\"segmented\"} 1", await client.GetStringAsync("/metrics", Stop));
        using HttpResponseMessage nowhere = await client.GetAsync("/", Stop);
        Assert.Equal(404, JsonDocument.Parse(await nowhere.Content.ReadAsStringAsync(Stop)).RootElement.GetProperty("status").GetInt32());
        using var misnamed = new HttpRequestMessage(HttpMethod.Get, "/health/live") { Headers = { Host = "example.org" } };
        using HttpResponseMessage refused = await client.SendAsync(misnamed, Stop);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public async Task Under_load_every_request_is_answered_or_turned_away_and_none_that_was_accepted_is_lost()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent the Unix way.");
        const int Clients = 24, Before = 60;
        byte[][] pictures = [.. Enumerable.Range(0, 3).Select(number =>
            File.ReadAllBytes(TestPicture.SaveFields(_folder[$"{number}.png"], 200 + (40 * number), 160)))];
        using ToolProcess serving = ServiceProcess.Start(_folder, "--queue", "8", "--workers", "2", "--grace", "300");
        using HttpClient client = await ServiceProcess.ClientAsync(serving);
        var answers = new Answers();
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        Task[] load = [.. Enumerable.Range(0, Clients).Select(number => Task.Run(
            async () =>
            {
                while (await AskAsync(client, pictures[number % pictures.Length], answers))
                {
                    if (answers.Segmented >= Before)
                    {
                        enough.TrySetResult();
                    }
                }
            },
            Stop))];
        await enough.Task.WaitAsync(Stop);
        Assert.Equal(0, ProcessTests.Kill(serving.Process.Id, ProcessTests.Terminate));
        await Task.WhenAll(load);

        (int code, _, string error) = await serving.FinishAsync();
        Assert.True(code == 0, error);
        Assert.Empty(answers.Others);
        (int Event, string Message, JsonElement State)[] log = JsonLog.Lines(error);
        Assert.Equal([1, 3, 5], log.Select(line => line.Event));
        Assert.Equal((answers.Segmented, 0, 0, 0), (Value("Segmented"), Value("Refused"), Value("Cancelled"), Value("Failed")));
        TestContext.Current.TestOutputHelper!.WriteLine($"{answers.Segmented} segmented, {answers.TurnedAway} turned away, {answers.Refused} after the end");

        int Value(string name) => log[^1].State.GetProperty(name).GetInt32();
    }

    [Fact]
    public async Task Other_addresses_than_loopback_are_warned_about_and_the_end_counts()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent the Unix way.");
        using ToolProcess serving = ServiceProcess.Start(_folder, "--host", "0.0.0.0", "--max-pixels", "2000", "--max-file-size", "4kB");
        using HttpClient client = await ServiceProcess.ClientAsync(serving);
        using HttpResponseMessage bad = await ServiceProcess.PostAsync(client, [1, 2, 3]);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, bad.StatusCode);
        using HttpResponseMessage pixels = await ServiceProcess.PostAsync(client, File.ReadAllBytes(TestPicture.SaveFields(_folder["a.png"], 60, 40)));
        using HttpResponseMessage bytes = await ServiceProcess.PostAsync(client, new byte[4097]);
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.RequestEntityTooLarge), (pixels.StatusCode, bytes.StatusCode));

        Assert.Equal(0, ProcessTests.Kill(serving.Process.Id, ProcessTests.Terminate));

        (int code, _, string error) = await serving.FinishAsync();
        Assert.Equal(0, code);
        Assert.Equal(
            [
                "It listens on 0.0.0.0: everybody who reaches this machine can use it, and it asks nobody who they are",
                "Asked to stop: 0 requests are under way, and have 25 s to come to their end",
                "Ended. Pictures segmented: 0, refused: 2, turned away: 0, cancelled: 0, failed: 0",
            ],
            JsonLog.Lines(error).Skip(1).Select(line => line.Message));
    }

    [Fact]
    public async Task Log_for_people_is_text()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent the Unix way.");
        using ToolProcess serving = ServiceProcess.Start(_folder, "--log", "text");
        using HttpClient client = await ServiceProcess.ClientAsync(serving);
        Assert.Equal(0, ProcessTests.Kill(serving.Process.Id, ProcessTests.Terminate));

        string[] lines = (await serving.FinishAsync()).Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(3, lines.Length);
        Assert.All(lines, line => Assert.Matches(@"^\d\d:\d\d:\d\d info: DiffSeg.Service\[[135]\] ", line));
        Assert.Contains("Model demo on the CPU", lines[0]);
    }

    // False when the service has ended.
    private static async Task<bool> AskAsync(HttpClient client, byte[] picture, Answers answers)
    {
        try
        {
            Task next = answers.Next;
            using HttpResponseMessage response = await ServiceProcess.PostAsync(client, picture);
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                await next;
            }

            if (response.StatusCode == HttpStatusCode.OK)
            {
                using Stream stream = await response.Content.ReadAsStreamAsync(Stop);
                Assert.Equal(4, LabelPng.Read(stream).Labels.ToArray().Distinct().Count());
            }

            return answers.Add(response.StatusCode);
        }
        catch (HttpRequestException)
        {
            answers.Add(null);
            return false;
        }
    }

    private sealed class Answers
    {
        private readonly Lock _gate = new();
        private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Over when somebody has an answer, or the service has ended: then there is room, or no use in asking.</summary>
        public Task Next
        {
            get
            {
                lock (_gate)
                {
                    return _next.Task;
                }
            }
        }

        public int Segmented { get; private set; }

        public int TurnedAway { get; private set; }

        /// <summary>Those that came when the service had ended, or was about to.</summary>
        public int Refused { get; private set; }

        public List<HttpStatusCode> Others { get; } = [];

        public bool Add(HttpStatusCode? status)
        {
            lock (_gate)
            {
                if (status != HttpStatusCode.TooManyRequests)
                {
                    _next.SetResult();
                    _next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                }

                switch (status)
                {
                    case HttpStatusCode.OK:
                        Segmented++;
                        return true;
                    case HttpStatusCode.TooManyRequests:
                        TurnedAway++;
                        return true;
                    case HttpStatusCode.ServiceUnavailable or null:
                        Refused++;
                        return false;
                    default:
                        Others.Add(status.Value);
                        return true;
                }
            }
        }
    }
}
