namespace DiffSeg.MLNet.Saving;

/// <summary>Settings that may come from a model file, and so from anybody.</summary>
internal interface ICheckedSettings
{
    /// <summary>Looks at every value that the options would have refused.</summary>
    /// <exception cref="ArgumentException">One of them cannot be.</exception>
    void Check();
}
