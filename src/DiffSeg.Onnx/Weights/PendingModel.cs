namespace DiffSeg.Onnx.Weights;

/// <summary>
/// A model and its data file under temporary names, in the folder where they will stand. Committed, they get their
/// names; disposed without that, they are gone, and what was there before is as it was.
/// </summary>
/// <param name="path">Full path that the model will have.</param>
internal sealed class PendingModel(string path) : IDisposable
{
    private const int BufferLength = 1 << 16;

    private readonly string _model = $"{path}.{Guid.NewGuid():N}.tmp";
    private readonly string _data = $"{path}.data.{Guid.NewGuid():N}.tmp";

    /// <summary>Writes the model under its temporary name, through to the disk.</summary>
    public void WriteModel(Action<Stream> write) => Write(_model, write);

    /// <summary>Writes the data file under its temporary name, through to the disk.</summary>
    public void WriteData(Action<Stream> write) => Write(_data, write);

    /// <summary>Gives both their names, the data file first: a model is never there without its data.</summary>
    /// <param name="dataPath">Full path that the data file will have; null when there is none.</param>
    public void Commit(string? dataPath)
    {
        string? oldData = DataFileName.Of(path);
        bool isNew = dataPath is not null && !File.Exists(dataPath);
        if (dataPath is not null)
        {
            File.Move(_data, dataPath, overwrite: true);
        }

        try
        {
            File.Move(_model, path, overwrite: true);
        }
        catch when (isNew)
        {
            File.Delete(dataPath!);
            throw;
        }

        if (oldData is not null && oldData != dataPath)
        {
            RemoveIfFree(oldData);
        }
    }

    public void Dispose()
    {
        File.Delete(_model);
        File.Delete(_data);
    }

    /// <summary>Removes the old model's data, which nothing needs any more; a program that has it open may keep it.</summary>
    private static void RemoveIfFree(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The new model is complete: that its folder holds more than it needs is no failure.
        }
    }

    private static void Write(string path, Action<Stream> write)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferLength);
        write(file);
        file.Flush(flushToDisk: true);
    }
}
