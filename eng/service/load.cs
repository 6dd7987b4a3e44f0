#:property PublishAot=false

// Loads "diffseg serve" for a minute from this second process and tells what came of it:
//   dotnet build -c Release src/DiffSeg.Cli
//   dotnet run eng/service/load.cs -- [--seconds 60] [--clients 64] [--serve "--queue 32 --workers 2"]
// Posts the sample photos, all at once from so many clients, to a service with the demo model on a free port of loopback; ends
// the service with SIGTERM while they go on. Exit code 0: no answer but 200 and 429, and each picture that the service says it
// segmented reached its client.
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using System.Text.Json;

string root = Path.GetFullPath(Path.Combine((string)AppContext.GetData("EntryPointFileDirectoryPath")!, "..", ".."));
int seconds = int.Parse(Option("--seconds", "60"), CultureInfo.InvariantCulture);
int clients = int.Parse(Option("--clients", "64"), CultureInfo.InvariantCulture);
byte[][] pictures = [.. Directory.GetFiles(Path.Combine(root, "models", "samples"), "*.jpg").Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

var start = new ProcessStartInfo("dotnet", [Tool(), "serve", "--port", "0", "--log", "json", .. Option("--serve", "").Split(' ', StringSplitOptions.RemoveEmptyEntries)])
{
    RedirectStandardOutput = true,
    RedirectStandardError = true,
    WorkingDirectory = root,
};
using Process service = Process.Start(start)!;
Task<string> log = service.StandardError.ReadToEndAsync();
string first = await service.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"The service did not start: {await log}");
Console.WriteLine(first);
// A connection for each request, as from so many machines.
using var client = new HttpClient { BaseAddress = new Uri(first.Split(' ')[0]), DefaultRequestHeaders = { ConnectionClose = true }, Timeout = TimeSpan.FromMinutes(5) };

foreach (byte[] picture in pictures)
{
    (await Post(picture)).Dispose();
}

Console.WriteLine($"after {pictures.Length} pictures, one by one: {Memory()}");
var statuses = new ConcurrentDictionary<string, int>();
var latencies = new ConcurrentBag<double>();
long begin = Stopwatch.GetTimestamp();
bool ending = false;
Task[] load = [.. Enumerable.Range(0, clients).Select(number => Task.Run(() => Ask(number)))];
for (int part = 1; part <= 4; part++)
{
    await Task.Delay(TimeSpan.FromSeconds(seconds / 4.0));
    Console.WriteLine($"after {Stopwatch.GetElapsedTime(begin).TotalSeconds:F0} s: {Memory()}");
}

double measured = Stopwatch.GetElapsedTime(begin).TotalSeconds;
int answered = latencies.Count;
Volatile.Write(ref ending, true);
Kill(service.Id, 15);
await Task.WhenAll(load);
string[] lines = (await log).Split('\n', StringSplitOptions.RemoveEmptyEntries);
await service.WaitForExitAsync();

double[] sorted = [.. latencies.Order()];
Console.WriteLine($"{answered} pictures segmented in {measured:F1} s by {clients} clients: {answered / measured:F1} a second");
Console.WriteLine($"latency of those: 50 % {At(0.5)}, 90 % {At(0.9)}, 99 % {At(0.99)}, longest {At(1)}");
Console.WriteLine($"statuses: {string.Join(", ", statuses.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {pair.Value} times"))}");
JsonElement[] told = [.. lines.Select(line => JsonDocument.Parse(line).RootElement)];
Array.ForEach(told, line => Console.WriteLine($"{line.GetProperty("LogLevel").GetString()}: {line.GetProperty("Message").GetString()}"));
JsonElement ended = told[^1].GetProperty("State");
bool all = Count("Segmented") == statuses.GetValueOrDefault("200") + pictures.Length && Count("Refused") + Count("Cancelled") + Count("Failed") == 0;
string[] bad = [.. statuses.Keys.Except(["200", "429", "503 after the end", "no connection after the end"])];
Console.WriteLine(all ? "Every picture that was segmented reached its client." : "Some that were segmented did not reach their clients, or failed.");
Console.WriteLine($"exit code of the service: {service.ExitCode}");
return all && bad.Length == 0 && service.ExitCode == 0 ? 0 : 1;

async Task Ask(int number)
{
    for (int round = number; ; round++)
    {
        long asked = Stopwatch.GetTimestamp();
        string status;
        try
        {
            using HttpResponseMessage response = await Post(pictures[round % pictures.Length]);
            status = $"{(int)response.StatusCode}";
            if (response.StatusCode == HttpStatusCode.OK)
            {
                await response.Content.ReadAsByteArrayAsync();
                latencies.Add(Stopwatch.GetElapsedTime(asked).TotalSeconds);
            }
            else if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
                await Task.Delay(response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1));
                continue;
            }
        }
        catch (HttpRequestException)
        {
            status = "no connection";
        }

        bool over = Volatile.Read(ref ending) && status is "503" or "no connection";
        statuses.AddOrUpdate(over ? status + " after the end" : status, 1, (_, count) => count + 1);
        if (over)
        {
            return;
        }
    }
}

int Count(string name) => ended.TryGetProperty(name, out JsonElement count) ? count.GetInt32() : throw new InvalidOperationException("The service did not end as it should.");

Task<HttpResponseMessage> Post(byte[] picture) =>
    client.PostAsync("/segment", new ByteArrayContent(picture) { Headers = { ContentType = new("image/jpeg") } });

string At(double share) => sorted.Length == 0 ? "-" : $"{sorted[(int)Math.Ceiling(share * (sorted.Length - 1))]:F2} s";

string Memory()
{
    service.Refresh();
    return $"{service.WorkingSet64 >> 20} MB in use, at most {service.PeakWorkingSet64 >> 20} MB";
}

string Tool()
{
    string path = Path.Combine(root, "src", "DiffSeg.Cli", "bin", "Release", "net10.0", "DiffSeg.Cli.dll");
    return File.Exists(path) ? path : throw new FileNotFoundException("Build the tool first: dotnet build -c Release src/DiffSeg.Cli", path);
}

string Option(string name, string otherwise)
{
    int at = Array.IndexOf(args, name);
    return at >= 0 && at + 1 < args.Length ? args[at + 1] : otherwise;
}

[DllImport("libc", EntryPoint = "kill")]
static extern int Kill(int process, int signal);
