using DiffSeg.MLNet.Tests.Support;
using PublicApiGenerator;

namespace DiffSeg.Batches.Tests;

/// <summary>What DiffSeg.Batches promises its users: a change here is a decision, not an accident.</summary>
public class PublicApiTests
{
    [Fact]
    public void Public_api_is_the_approved_one()
    {
        string folder = Repository.Path("tests", "DiffSeg.Batches.Tests");
        string approved = Path.Combine(folder, "PublicApi.approved.txt");
        string actual = typeof(BatchFolder).Assembly
            .GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false })
            .ReplaceLineEndings("\n").TrimEnd() + "\n";

        if (!File.Exists(approved) || File.ReadAllText(approved).ReplaceLineEndings("\n") != actual)
        {
            string received = Path.Combine(folder, "PublicApi.received.txt");
            File.WriteAllText(received, actual);
            Assert.Fail($"The public API differs from {approved}. If that is meant, replace it by {received}.");
        }
    }
}
