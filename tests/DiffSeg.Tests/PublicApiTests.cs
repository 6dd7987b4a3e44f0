using DiffSeg.Tests.Goldens;
using PublicApiGenerator;

namespace DiffSeg.Tests;

/// <summary>The public surface of DiffSeg.dll is what PublicApi.approved.txt says.</summary>
public class PublicApiTests
{
    [Fact]
    public void Is_the_approved_one()
    {
        string approved = Path.Combine(GoldenFolders.Repository, "tests", "DiffSeg.Tests", "PublicApi.approved.txt");
        string actual = typeof(DiffSegSegmenter).Assembly
            .GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false })
            .ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (File.Exists(approved) && File.ReadAllText(approved).ReplaceLineEndings("\n") == actual)
        {
            return;
        }

        string received = Path.ChangeExtension(approved, ".received.txt").Replace(".approved", "");
        File.WriteAllText(received, actual);
        Assert.Fail(
            $"The public API of DiffSeg.dll differs from {Path.GetFileName(approved)}. If that is meant, say so in the "
            + $"change's notes and copy {received} over it; else make the new member internal.");
    }
}
