using System.Diagnostics;
using System.Text;

namespace DiffSeg.Tests.Reproducibility;

/// <summary>Labels, proposals, clusters and aggregate are the same bits whatever the threads and the vector width.</summary>
public class ReproducibilityTests
{
    private static readonly Lazy<string> Here = new(() => Fingerprint.Take(-1));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Threads_make_no_difference(int degree) => Assert.Equal(Here.Value, Fingerprint.Take(degree));

    [Theory]
    [InlineData("DOTNET_EnableAVX512", "256")]
    [InlineData("DOTNET_EnableAVX2", "128")]
    [InlineData("DOTNET_EnableHWIntrinsic", "none")]
    public async Task Narrower_vectors_make_no_difference(string switchedOff, string width)
    {
        string path = Path.Combine(Path.GetTempPath(), $"diffseg-fingerprint-{Guid.NewGuid():N}");
        try
        {
            (int exitCode, string output) = await RunChild(
                switchedOff, path, "-class", typeof(FingerprintTests).FullName!);
            Assert.True(exitCode == 0, output);
            string[] found = (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).Split(' ');
            Assert.SkipUnless(
                found[1] == width || Widths.Describe() == "512",
                $"This machine has vectors of {Widths.Describe()} bits, and {switchedOff}=0 leaves {found[1]}.");
            Assert.Equal(width, found[1]);
            Assert.Equal(Here.Value, found[0]);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public async Task The_tests_of_the_loops_pass_on_narrower_vectors(string switchedOff)
    {
        (int exitCode, string output) = await RunChild(
            switchedOff, fingerprint: null, "-namespace", "DiffSeg.Tests.Numerics", "-namespace", "DiffSeg.Tests.Merging");
        Assert.True(exitCode == 0, output);
        Assert.Matches(@"Total: [1-9]\d\d", output);
    }

    private static async Task<(int ExitCode, string Output)> RunChild(
        string switchedOff, string? fingerprint, params string[] arguments)
    {
        string program = Path.ChangeExtension(typeof(ReproducibilityTests).Assembly.Location, null);
        ProcessStartInfo start = new(OperatingSystem.IsWindows() ? program + ".exe" : program, ["-noColor", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[switchedOff] = "0";
        if (fingerprint is not null)
        {
            start.Environment[FingerprintTests.Variable] = fingerprint;
        }

        StringBuilder output = new();
        using Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(output, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output.ToString());
    }

    private static void Append(StringBuilder output, string? line)
    {
        lock (output)
        {
            output.AppendLine(line);
        }
    }
}
