namespace DiffSeg.DataSets;

/// <summary>
/// A label map that cannot be used: missing, damaged, of another size than its image, or with a value that its class table
/// does not cover. The message names the file and says what to do.
/// </summary>
public sealed class LabelMapException : IOException
{
    /// <summary>Creates the error.</summary>
    /// <param name="path">Path of the label map; empty when there is none.</param>
    /// <param name="message">What is wrong, and what to do.</param>
    /// <param name="innerException">What came before, if anything.</param>
    public LabelMapException(string path, string message, Exception? innerException = null)
        : base(message, innerException) => Path = path;

    /// <summary>Path of the label map; empty when the row has none.</summary>
    public string Path { get; }
}
