namespace DiffSeg.DataSets;

/// <summary>
/// A label map that cannot be used: missing, damaged, of another size than its image, or with a value that its class table
/// does not cover. The message names the file and says what to do.
/// </summary>
public sealed class LabelMapException : IOException
{
    internal LabelMapException(string path, string message, Exception? cause = null)
        : base(message, cause) => Path = path;

    /// <summary>Path of the label map; empty when the row has none.</summary>
    public string Path { get; }
}
