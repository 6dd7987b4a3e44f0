namespace DiffSeg.Tests.Reproducibility;

public class FingerprintTests
{
    /// <summary>Where the child processes of <see cref="ReproducibilityTests"/> leave their fingerprint.</summary>
    public const string Variable = "DIFFSEG_FINGERPRINT_FILE";

    [Fact]
    public void The_same_again_is_the_same()
    {
        string fingerprint = Fingerprint.Take(-1);
        Assert.Equal(fingerprint, Fingerprint.Take(-1));
        if (Environment.GetEnvironmentVariable(Variable) is { } path)
        {
            File.WriteAllText(path, $"{fingerprint} {Widths.Describe()}");
        }
    }
}
