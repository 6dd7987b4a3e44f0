namespace DiffSeg.Cli.Pulling;

/// <summary>Is told how the download of one file goes on.</summary>
internal interface ITransferProgress
{
    /// <summary>Bytes of the file are there.</summary>
    /// <param name="bytes">How many, those of earlier tries included.</param>
    /// <param name="size">Length of the whole file; null when nobody knows.</param>
    void At(long bytes, long? size);

    /// <summary>Something happened that a person at the terminal would want to know.</summary>
    /// <param name="line">A sentence without the file's name.</param>
    void Note(string line);
}
