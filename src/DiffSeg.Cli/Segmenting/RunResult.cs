namespace DiffSeg.Cli.Segmenting;

/// <summary>What a run came to.</summary>
/// <param name="Images">Pictures asked for.</param>
/// <param name="Done">Pictures segmented and written.</param>
/// <param name="Failed">Pictures reported and skipped.</param>
/// <param name="Segments">Segments of all pictures together.</param>
/// <param name="Time">Time of the whole run without loading the model.</param>
/// <param name="Cancelled">Whether the user stopped it.</param>
internal sealed record RunResult(int Images, int Done, int Failed, int Segments, TimeSpan Time, bool Cancelled)
{
    /// <summary>The exit code that says so.</summary>
    public int Code => Cancelled ? ExitCode.Cancelled : Failed > 0 ? ExitCode.SomeFailed : ExitCode.Done;
}
