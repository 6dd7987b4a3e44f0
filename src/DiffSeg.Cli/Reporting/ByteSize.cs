namespace DiffSeg.Cli.Reporting;

/// <summary>Sizes of files as people say them.</summary>
internal static class ByteSize
{
    /// <summary>"493 bytes", "357 kB", "12.5 MB", "3.20 GB"; a kB is 1024 bytes.</summary>
    /// <param name="bytes">Not negative.</param>
    public static string Text(long bytes) => bytes switch
    {
        < 1 << 10 => Plural.Of((int)bytes, "byte"),
        < 1 << 20 => $"{bytes / 1024.0:F0} kB",
        < 1 << 30 => $"{bytes / (double)(1 << 20):F1} MB",
        _ => $"{bytes / (double)(1 << 30):F2} GB",
    };
}
