using DiffSeg.MLNet.Tests.Support;
using PublicApiGenerator;

namespace DiffSeg.AspNetCore.Tests;

/// <summary>What DiffSeg.AspNetCore promises its users: a change here is a decision, not an accident.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public void Public_api_is_the_approved_one()
    {
        string folder = Repository.Path("tests", "DiffSeg.AspNetCore.Tests");
        string approved = Path.Combine(folder, "PublicApi.approved.txt");
        string actual = typeof(SegmentationPool).Assembly
            .GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false, DenyNamespacePrefixes = [] })
            .ReplaceLineEndings("\n");

        if (!File.Exists(approved) || File.ReadAllText(approved).ReplaceLineEndings("\n") != actual)
        {
            string received = Path.Combine(folder, "PublicApi.received.txt");
            File.WriteAllText(received, actual);
            Assert.Fail($"The public API differs from {approved}. If that is meant, replace it by {received}.");
        }
    }
}
