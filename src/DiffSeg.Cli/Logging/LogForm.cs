namespace DiffSeg.Cli.Logging;

/// <summary>How the lines of a log look.</summary>
internal enum LogForm
{
    /// <summary>A JSON object per line.</summary>
    Json,

    /// <summary>A line of text per line.</summary>
    Text,
}
