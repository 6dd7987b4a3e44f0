namespace DiffSeg.Cli.Reporting;

/// <summary>Times as people say them.</summary>
internal static class Duration
{
    /// <summary>"85 ms", "1.21 s", "2 min 05 s", "3 h 07 min".</summary>
    /// <param name="time">Not negative.</param>
    public static string Text(TimeSpan time) => time switch
    {
        { TotalSeconds: < 1 } => $"{time.TotalMilliseconds:F0} ms",
        { TotalSeconds: < 10 } => $"{time.TotalSeconds:F2} s",
        { TotalSeconds: < 60 } => $"{time.TotalSeconds:F1} s",
        { TotalHours: < 1 } => $"{time.Minutes} min {time.Seconds:D2} s",
        _ => $"{(int)time.TotalHours} h {time.Minutes:D2} min",
    };
}
