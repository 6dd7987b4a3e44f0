namespace DiffSeg.DataSets;

/// <summary>
/// A data set that is not there as it should be: a missing or misplaced folder, no image, or an image without label map and
/// the reverse. The message shows the expected folders and what was found.
/// </summary>
public sealed class DataSetException : IOException
{
    internal DataSetException(string root, string message)
        : base(message) => Root = root;

    /// <summary>The folder that the data set was looked for in.</summary>
    public string Root { get; }
}
