#:project ../../src/DiffSeg.MLNet/DiffSeg.MLNet.csproj
#:property PublishAot=false

// Shows that a batch survives the night, with real processes and real pictures:
//
//     dotnet build src/DiffSeg.Cli -c Release
//     dotnet run eng/batch/night.cs -- [IMAGES] [FOLDER] [further options of "diffseg batch"]
//
// Makes IMAGES (2,000) small pictures from models/samples, three in a hundred of them broken in every way that pictures are,
// and segments them with the demo model: in one process (a quarter of them first, for its memory), in four shards, and in a
// process that is killed at ten random moments and started again. Then all bytes must be the same, each image must have
// exactly one mask or the right kind of reason, and the memory must not grow with the number of images.
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.ML.Data;

string root = Root();
int images = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 2000;
string work = Path.GetFullPath(args.Length > 1 ? args[1] : Path.Combine(Path.GetTempPath(), "diffseg-night"));
string[] options = ["--size", "128x128", "--chunk-size", "50", "--log", "json", "--quiet", .. args.Skip(2)];
string tool = Path.Combine(root, "src", "DiffSeg.Cli", "bin", "Release", "net10.0", "DiffSeg.Cli.dll");
var problems = new List<string>();
if (!File.Exists(tool))
{
    Console.WriteLine($"There is no {tool}; build it: dotnet build src/DiffSeg.Cli -c Release");
    return 2;
}

// One process.
var inputs = new Inputs(root, work, images);
Console.WriteLine($"{images} images, {inputs.Reasons.Count} of them broken, in {work}");
Outcome quarter = Run("quarter", inputs.List("quarter", images / 4));
Outcome whole = Run("whole", inputs.List("all", images));
Tell("one process, a quarter", images / 4, quarter);
Tell("one process, all", images, whole);
Check(whole.PeakBytes < quarter.PeakBytes * 1.15, $"memory grows with the images: {Megabytes(quarter.PeakBytes)} for {images / 4}, {Megabytes(whole.PeakBytes)} for {images}");
CheckRows();

// Four shards beside one another, a thread each.
var watch = Stopwatch.StartNew();
Process[] shards = [.. Enumerable.Range(1, 4).Select(i => Start("shards", inputs.List("all", images), "--shard", $"{i}/4", "--threads", "1"))];
foreach (Process shard in shards)
{
    shard.WaitForExit();
    Check(shard.ExitCode == 0, $"a shard ended with {shard.ExitCode}");
}

Tell("four shards", images, new Outcome(watch.Elapsed, 0));
CheckSame("shards");

// Killed ten times.
watch.Restart();
var random = new Random(7);
for (int kill = 1; kill <= 10; kill++)
{
    using Process process = Start("killed", inputs.List("all", images));
    double seconds = whole.Time.TotalSeconds / 6 * random.NextDouble();
    if (process.WaitForExit(TimeSpan.FromSeconds(seconds)))
    {
        problems.Add($"the process that was to be killed after {seconds:F1} s ended by itself, with {process.ExitCode}");
    }

    process.Kill();
    process.WaitForExit();
    Console.WriteLine($"  killed after {seconds:F1} s, {Directory.GetFiles(Path.Combine(work, "killed"), "*.done").Length} chunks are done");
}

Run("killed", inputs.List("all", images));
Tell("killed ten times", images, new Outcome(watch.Elapsed, 0));
CheckSame("killed");

foreach (string problem in problems)
{
    Console.WriteLine($"WRONG: {problem}");
}

Console.WriteLine(problems.Count == 0 ? "All is as it must be." : $"{problems.Count} things are wrong.");
return problems.Count == 0 ? 0 : 1;

Process Start(string output, string list, params string[] more)
{
    var start = new ProcessStartInfo("dotnet", [tool, "batch", list, "--output", Path.Combine(work, output), .. options, .. more])
    {
        RedirectStandardError = true,
        RedirectStandardOutput = true,
    };
    Process process = Process.Start(start)!;
    process.OutputDataReceived += (_, _) => { };
    process.ErrorDataReceived += (_, line) => Show(line.Data);
    process.BeginOutputReadLine();
    process.BeginErrorReadLine();
    return process;
}

// Images that fail are told one by one, as they should be; anything else is worth a look.
void Show(string? line)
{
    if (line is not null && !line.Contains("\"EventId\":3,", StringComparison.Ordinal))
    {
        Console.WriteLine($"  {line}");
    }
}

Outcome Run(string output, string list)
{
    var time = Stopwatch.StartNew();
    using Process process = Start(output, list);
    long peak = 0;
    while (!process.WaitForExit(TimeSpan.FromMilliseconds(50)))
    {
        process.Refresh();
        peak = Math.Max(peak, Peak(process));
    }

    Check(process.ExitCode == 0, $"'{output}' ended with {process.ExitCode}");
    return new Outcome(time.Elapsed, peak);
}

static long Peak(Process process)
{
    try
    {
        return process.PeakWorkingSet64;
    }
    catch (InvalidOperationException)
    {
        // It has just ended.
        return 0;
    }
}

void Tell(string what, int count, Outcome outcome) => Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"{what}: {outcome.Time.TotalSeconds:F1} s, {count / outcome.Time.TotalSeconds:F2} images a second{(outcome.PeakBytes > 0 ? $", {Megabytes(outcome.PeakBytes)} at most" : "")}"));

static string Megabytes(long bytes) => $"{bytes >> 20} MB";

void Check(bool holds, string otherwise)
{
    if (!holds)
    {
        problems.Add(otherwise);
    }
}

void CheckRows()
{
    JsonElement[] rows =
    [
        .. Directory.GetFiles(Path.Combine(work, "whole"), "*.status.jsonl").Order(StringComparer.Ordinal)
            .SelectMany(File.ReadLines).Select(line => JsonDocument.Parse(line).RootElement),
    ];
    Check(rows.Length == images, $"{rows.Length} rows for {images} images");
    for (int i = 0; i < rows.Length; i++)
    {
        string? reason = rows[i].TryGetProperty("reason", out JsonElement text) ? text.GetString() : null;
        string? expected = inputs.Reasons.GetValueOrDefault(i);
        Check(rows[i].GetProperty("index").GetInt32() == i, $"row {i} is of image {rows[i].GetProperty("index")}");
        Check(
            expected is null ? reason is null : reason?.Contains(expected, StringComparison.Ordinal) == true,
            $"image {i} ({rows[i].GetProperty("image")}): {reason ?? "no reason"} in place of {expected ?? "a mask"}");
    }
}

void CheckSame(string output)
{
    Dictionary<string, string> one = Files("whole"), other = Files(output);
    Check(one.Count == other.Count && one.All(file => other.GetValueOrDefault(file.Key) == file.Value), $"'{output}' has not the bytes of 'whole'");
    using Process verify = Process.Start("dotnet", [tool, "batch", "verify", Path.Combine(work, output), "--quiet"]);
    verify.WaitForExit();
    Check(verify.ExitCode == 0, $"verify says of '{output}' {verify.ExitCode}");
    Console.WriteLine($"  {other.Count} files have the same bytes as those of one process, and verify is content");
}

Dictionary<string, string> Files(string output) => Directory.GetFiles(Path.Combine(work, output))
    .Where(file => Path.GetFileName(file) is var name && !name.StartsWith("heartbeat-", StringComparison.Ordinal) && !name.StartsWith(".heartbeat-", StringComparison.Ordinal))
    .ToDictionary(file => Path.GetFileName(file), file => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file))));

static string Root()
{
    string folder = Environment.CurrentDirectory;
    while (!File.Exists(Path.Combine(folder, "DiffSeg.MLNet.sln")))
    {
        folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Run it in the repository.");
    }

    return folder;
}

/// <summary>What a run came to.</summary>
internal sealed record Outcome(TimeSpan Time, long PeakBytes);

/// <summary>The pictures, good and broken, and lists of them.</summary>
internal sealed class Inputs
{
    private const int EveryBroken = 33;

    private readonly string _work;
    private readonly List<string> _paths = [];

    public Inputs(string root, string work, int images)
    {
        _work = work;
        if (Directory.Exists(work))
        {
            Directory.Delete(work, recursive: true);
        }

        Directory.CreateDirectory(Path.Combine(work, "pictures"));
        MLImage[] photos =
        [
            .. Directory.GetFiles(Path.Combine(root, "models", "samples"))
                .Where(file => Path.GetExtension(file) is ".jpg" or ".png").Order(StringComparer.Ordinal).Select(MLImage.CreateFromFile),
        ];
        var random = new Random(1);
        for (int i = 0; i < images; i++)
        {
            string name = $"pictures/{i:D5}{(i % 3 == 0 ? ".png" : ".jpg")}";
            name = i % 50 == 7 ? $"pictures/{i:D5} größe 'x' #%.png" : name;
            _paths.Add(name);
            string path = Path.Combine(work, name);
            Save(photos[random.Next(photos.Length)], random, path);
            if (i % EveryBroken == EveryBroken - 1)
            {
                Reasons[i] = Break(path, i / EveryBroken, random);
            }
        }

        Array.ForEach(photos, photo => photo.Dispose());
    }

    /// <summary>A part of the reason that each broken image must get.</summary>
    public Dictionary<int, string> Reasons { get; } = [];

    /// <summary>A list of the first images.</summary>
    public string List(string name, int count)
    {
        string path = Path.Combine(_work, $"{name}.txt");
        File.WriteAllLines(path, _paths.Take(count));
        return path;
    }

    // A part of the photo, smaller, lighter or darker, perhaps mirrored.
    private static void Save(MLImage photo, Random random, string path)
    {
        int width = random.Next(64, 321), height = random.Next(64, 321);
        double step = random.NextDouble() * (Math.Min((double)photo.Width / width, (double)photo.Height / height) - 0.3) + 0.3;
        double left = random.NextDouble() * (photo.Width - (width * step)), top = random.NextDouble() * (photo.Height - (height * step));
        double light = 0.6 + (0.8 * random.NextDouble());
        bool mirrored = random.Next(2) == 0;
        ReadOnlySpan<byte> from = photo.Pixels;
        var pixels = new byte[width * height * 4];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int column = (int)(left + ((mirrored ? width - 1 - x : x) * step)), row = (int)(top + (y * step));
                int source = 4 * ((row * photo.Width) + column), target = 4 * ((y * width) + x);
                for (int colour = 0; colour < 3; colour++)
                {
                    pixels[target + colour] = (byte)Math.Min(255, from[source + colour] * light);
                }

                pixels[target + 3] = 255;
            }
        }

        using MLImage image = MLImage.CreateFromPixels(width, height, photo.PixelFormat, pixels);
        image.Save(path);
    }

    private static string Break(string path, int kind, Random random)
    {
        byte[] whole = File.ReadAllBytes(path);
        File.Delete(path);
        switch (kind % 10)
        {
            case 0:
                File.WriteAllBytes(path, []);
                return "is empty";
            case 1:
                File.WriteAllText(path, "<html>404 Not Found</html>");
                return "is a text, not a picture";
            case 2:
                File.WriteAllBytes(path, whole[..(whole.Length / 2)]);
                return "is cut off";
            case 3:
                File.WriteAllBytes(path, whole[..^12]);
                return "is cut off";
            case 4:
                return "is not there";
            case 5:
                Directory.CreateDirectory(path);
                return "is a folder";
            case 6:
                File.WriteAllBytes(path, [(byte)'I', (byte)'I', 42, 0, 8, 0, 0, 0, .. new byte[200]]);
                return "is a TIFF";
            case 7:
                File.WriteAllBytes(path, Bomb);
                return "more than the limit";
            case 8:
                random.NextBytes(whole);
                whole[0] = 1;
                File.WriteAllBytes(path, whole);
                return "is of no known kind";
            default:
                File.CreateSymbolicLink(path, "nowhere.png");
                return "is";
        }
    }

    // The head of a PNG of 60,000 x 60,000 pixels, and its last chunk.
    private static byte[] Bomb =>
    [
        0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A,
        0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60, 8, 6, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
    ];
}
