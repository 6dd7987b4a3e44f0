using PublicApiGenerator;

namespace DiffSeg.MLNet.Tests;

/// <summary>What DiffSeg.MLNet promises its users: a change here is a decision, not an accident.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public void Public_api_is_the_approved_one()
    {
        string folder = Support.Repository.Path("tests", "DiffSeg.MLNet.Tests");
        string approved = Path.Combine(folder, "PublicApi.approved.txt");
        string actual = typeof(DiffSegMaskEstimator).Assembly
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
