using System.Runtime.InteropServices;

namespace DiffSeg.Packages.Tests.Hook;

/// <summary>The hook as a user meets it: real restores of a small house.</summary>
public sealed class RestoreHookTests : IDisposable
{
    private readonly TemporaryFolder _source = new();

    public void Dispose() => _source.Dispose();

    [Fact]
    public async Task Sources_that_have_everything_are_used_and_remembered()
    {
        FakeSource.Fill(_source.Path, [.. FakeSource.MlNet, "Microsoft.ML.OnnxRuntime.Gpu"], "7.0.0");
        using var house = new SmallHouse(_source.Path);

        Outcome first = (await house.Restore()).Succeeded();
        string decision = File.ReadAllText(house.DecisionFile);
        DateTime decided = File.GetLastWriteTimeUtc(house.DecisionFile);
        // Remembered: nothing is started, for there is nothing to start.
        Directory.Delete(Path.Combine(house.Root, "eng/offline/decision"), recursive: true);
        Outcome second = (await house.Restore()).Succeeded();
        Outcome otherWish = await house.Restore(onnxRuntime: "Cpu");

        Assert.Contains("DiffSeg packages, found by trying: ML.NET from the NuGet sources; ONNX Runtime (Gpu) from the NuGet sources.", first.Output, StringComparison.Ordinal);
        Assert.Contains("ML.NET: registry", decision, StringComparison.Ordinal);
        Assert.Contains("ONNX Runtime: registry", decision, StringComparison.Ordinal);
        Assert.Contains(Path.GetFileName(_source.Path), house.OriginOf("Microsoft.ML"), StringComparison.Ordinal);
        Assert.DoesNotContain("DiffSeg packages", second.Output, StringComparison.Ordinal);
        Assert.Equal(decided, File.GetLastWriteTimeUtc(house.DecisionFile));
        Assert.NotEqual(0, otherWish.ExitCode);
        Assert.Empty(Directory.GetDirectories(Path.Combine(house.Root, "eng/offline/.work")));
    }

    [Fact]
    public async Task Restores_at_the_same_time_decide_once()
    {
        FakeSource.Fill(_source.Path, [.. FakeSource.MlNet, "Microsoft.ML.OnnxRuntime.Gpu"], "7.0.0");
        using var house = new SmallHouse(_source.Path);

        Outcome[] outcomes = await Task.WhenAll(house.Restore(), house.Restore());

        Assert.All(outcomes, outcome => outcome.Succeeded());
        Assert.Single(outcomes, outcome => outcome.Output.Contains("DiffSeg packages", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Registry_forced_on_empty_sources_says_what_they_lack()
    {
        using var house = new SmallHouse(_source.Path);

        Outcome outcome = await house.Restore(packages: "registry");

        Assert.NotEqual(0, outcome.ExitCode);
        Assert.Contains("error DIFFSEG0001: DIFFSEG_PACKAGES is \"registry\", but the NuGet sources of this machine lack " +
            "Microsoft.ML, Microsoft.ML.ImageAnalytics, Microsoft.ML.OnnxTransformer.", outcome.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(house.DecisionFile));
    }

    [Fact]
    public async Task Silent_source_is_an_error_and_decides_nothing()
    {
        FakeSource.Fill(_source.Path, FakeSource.MlNet, "7.0.0");
        using var house = new SmallHouse(_source.Path, "http://127.0.0.1:9/v3/index.json");

        Outcome outcome = await house.Restore();

        Assert.NotEqual(0, outcome.ExitCode);
        Assert.Contains("error DIFFSEG0001: A NuGet source did not answer", outcome.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(house.DecisionFile));
    }

    [Fact]
    public async Task Making_without_npm_says_so()
    {
        SkipUnlessPackagesCanBeMade();
        using var house = new SmallHouse();

        Outcome outcome = await house.Restore(packages: "offline", path: PathWith(npm: null));

        Assert.NotEqual(0, outcome.ExitCode);
        Assert.Contains("com.github.asus4.onnxruntime@0.4.9 is needed, but there is no program npm on the path.", outcome.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(house.DecisionFile));
        Assert.Empty(Directory.GetFiles(Path.Combine(house.Root, "eng/offline/feed"), "*.nupkg"));
    }

    [Fact]
    public async Task Archive_that_is_not_the_pinned_one_is_refused()
    {
        SkipUnlessPackagesCanBeMade();
        using var house = new SmallHouse();
        Outcome outcome = await house.Restore(packages: "offline", path: PathWith(npm: "echo other content > other.tgz"));

        Assert.NotEqual(0, outcome.ExitCode);
        Assert.Contains("is not the expected one: its sha512 is", outcome.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(house.DecisionFile));
    }

    /// <summary>A search path with a shell, which MSBuild needs, and at most a pretended npm.</summary>
    private string PathWith(string? npm)
    {
        string folder = Directory.CreateDirectory(_source.File("bin")).FullName;
        File.CreateSymbolicLink(Path.Combine(folder, "sh"), "/bin/sh");
        if (npm is not null && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_source.Write("bin/npm", $"#!/bin/sh\n{npm}\n"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return folder;
    }

    private static void SkipUnlessPackagesCanBeMade() => Assert.SkipUnless(
        OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64,
        "Packages of ONNX Runtime are made on Linux x64 only.");
}
