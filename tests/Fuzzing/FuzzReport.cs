namespace DiffSeg.Fuzzing;

/// <summary>Fuzzing as a test.</summary>
internal static class FuzzReport
{
    /// <summary>
    /// Runs a kind and writes its line into the test's output. Fails too where nothing was refused or nothing read: then the
    /// mutations miss the code.
    /// </summary>
    public static void Check(this Fuzz fuzz)
    {
        FuzzTally tally = fuzz.Run();
        TestContext.Current.TestOutputHelper?.WriteLine(tally.Line(fuzz.Name));
        if (fuzz.Settings.OnlyCase is null)
        {
            Assert.True(tally.Read > 0 && tally.Refused > 0, tally.Line(fuzz.Name));
        }
    }
}
