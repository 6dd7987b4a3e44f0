using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using DiffSeg.Cli.Tests.Support;

namespace DiffSeg.Cli.Tests;

/// <summary>The real process, as a shell starts it.</summary>
public sealed class ProcessTests : IDisposable
{
    /// <summary>SIGTERM, which nothing ignores by inheritance as a rule.</summary>
    internal const int Terminate = 15;

    /// <summary>SIGINT, as of Ctrl+C.</summary>
    internal const int Interrupt = 2;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Pictures_of_the_working_folder_are_segmented()
    {
        TestPicture.SaveFields(_folder["photos/a.png"], 60, 40);
        _folder.Write("photos/b.jpg", "a text"u8);

        (int code, string output, string error) = await Finish(Start("segment", "photos", "--json"));

        Assert.Equal(1, code);
        Assert.Contains("1 image, 4 segments in ", output);
        Assert.Equal($"skipped {Path.Combine("photos", "b.jpg")}: is a text, not a picture\n1 of 2 images skipped, for the reasons above.\n", error.ReplaceLineEndings("\n"));
        Assert.Equal(["masks/a.mask.png", "masks/a.overlay.png", "masks/coco.json", "photos/a.png", "photos/b.jpg"], _folder.Files);
    }

    [Fact]
    public async Task Files_and_pipes_get_no_colours_and_whole_lines()
    {
        (int code, string output, string error) = await Finish(Start("segment", new string('x', 300)));

        Assert.Equal((2, ""), (code, output));
        Assert.Equal($"error: '{new string('x', 300)}' does not exist.", error.TrimEnd());
    }

    [Theory]
    [InlineData(Interrupt, 130)]
    [InlineData(Terminate, 130)]
    public async Task Signal_stops_after_the_current_picture_and_leaves_whole_files(int signal, int expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent the Unix way.");
        Assert.SkipWhen(IsIgnored(signal), $"Signal {signal} is ignored here, as in jobs that a shell has put into the background, and the tool inherits that.");
        for (int i = 0; i < 60; i++)
        {
            TestPicture.SaveFields(_folder[$"photos/{i:D2}.png"], 60, 40);
        }

        using Process process = Start("segment", "photos", "--json", "-o", "out");
        Assert.NotNull(await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, Kill(process.Id, signal));
        (int code, _, string error) = await Finish(process);

        Assert.Equal(expected, code);
        Assert.Contains("Stopping as soon as", error);
        Assert.Contains("stopped after ", error);
        string[] results = [.. _folder.Files.Where(file => file.StartsWith("out/", StringComparison.Ordinal))];
        Assert.Contains("out/coco.json", results);
        Assert.InRange(results.Length, 3, 2 * 59);
        Assert.DoesNotContain(results, file => Path.GetFileName(file).StartsWith('.'));
        using var coco = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(_folder["out/coco.json"]));
        Assert.Equal((results.Length - 1) / 2, coco.RootElement.GetProperty("images").GetArrayLength());
    }

    private Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "DiffSeg.Cli.dll"), .. arguments])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    private static async Task<(int Code, string Output, string Error)> Finish(Process process)
    {
        using (process)
        {
            CancellationToken cancellation = TestContext.Current.CancellationToken;
            Task<string> output = process.StandardOutput.ReadToEndAsync(cancellation);
            string error = await process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return (process.ExitCode, await output, error);
        }
    }

    // Linux says so; elsewhere it is not known.
    internal static bool IsIgnored(int signal)
    {
        const string Status = "/proc/self/status", Mask = "SigIgn:";
        return File.Exists(Status)
            && File.ReadLines(Status).FirstOrDefault(line => line.StartsWith(Mask, StringComparison.Ordinal)) is { } line
            && (ulong.Parse(line.AsSpan(Mask.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> (signal - 1) & 1) == 1;
    }

    [DllImport("libc", EntryPoint = "kill")]
    internal static extern int Kill(int process, int signal);
}
