using DiffSeg.Offline;

namespace DiffSeg.Packages.Tests.Decision;

/// <summary>What NuGet says, word for word, and what it means for us.</summary>
public class ProbeVerdictTests
{
    [Fact]
    public void Restored_with_a_newer_version_is_found() =>
        Assert.Equal(Finding.Found, ProbeVerdict.Of(new Answer(0,
            "probe.csproj : warning NU1603: probe depends on Microsoft.ML (>= 5.0.0) but Microsoft.ML 5.0.0 was not found.")).Finding);

    [Fact]
    public void Unknown_ids_are_missing_and_named()
    {
        ProbeVerdict verdict = ProbeVerdict.Of(new Answer(1, """
              Determining projects to restore...
            /tmp/probe.csproj : error NU1101: Unable to find package Microsoft.ML. No packages exist with this id in source(s): a, b
            /tmp/probe.csproj : error NU1101: Unable to find package Microsoft.ML.ImageAnalytics. No packages exist with this id in source(s): a, b
              Failed to restore /tmp/probe.csproj (in 2.42 sec).
            """));

        Assert.Equal(Finding.Missing, verdict.Finding);
        Assert.Equal(["Microsoft.ML", "Microsoft.ML.ImageAnalytics"], verdict.MissingIds);
    }

    [Theory]
    [InlineData("error NU1102: Unable to find package Microsoft.ML with version (>= 5.0.0)")]
    [InlineData("error NU1103: Unable to find a stable package Microsoft.ML with version (>= 5.0.0)")]
    [InlineData("error NU1100: Unable to resolve 'Microsoft.ML (>= 5.0.0)' for 'net10.0'.")]
    public void Missing_versions_are_missing(string line)
    {
        ProbeVerdict verdict = ProbeVerdict.Of(new Answer(1, "probe.csproj : " + line));

        Assert.Equal(Finding.Missing, verdict.Finding);
        Assert.Equal(["Microsoft.ML"], verdict.MissingIds);
    }

    [Fact]
    public void Silent_source_is_unreachable() =>
        Assert.Equal(Finding.Unreachable, ProbeVerdict.Of(new Answer(1, """
            probe.csproj : error NU1301: Unable to load the service index for source http://127.0.0.1:9/v3/index.json.
            probe.csproj : error NU1301:   Connection refused (127.0.0.1:9)
            """)).Finding);

    [Fact]
    public void Missing_beside_a_silent_source_proves_nothing() =>
        Assert.Equal(Finding.Unreachable, ProbeVerdict.Of(new Answer(1, """
            probe.csproj : error NU1101: Unable to find package Microsoft.ML. No packages exist with this id in source(s): a
            probe.csproj : error NU1301: Unable to load the service index for source b.
            """)).Finding);

    [Theory]
    [InlineData("error NU1008: The following PackageReference items cannot define a value for Version: Microsoft.ML.")]
    [InlineData("error MSB4236: The SDK 'Microsoft.NET.Sdk' specified could not be found.")]
    [InlineData("Segmentation fault")]
    public void Other_failures_are_unclear(string output) =>
        Assert.Equal(Finding.Unclear, ProbeVerdict.Of(new Answer(1, output)).Finding);
}
