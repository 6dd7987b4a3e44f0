using DiffSeg.Onnx;

namespace DiffSeg.Cli.Models;

/// <summary>
/// The folder of pulled models, beside the demo model: NAME.onnx, with a data file beside it if it is large, NAME.lock to
/// keep two processes from making it at once, and downloads/NAME for what it is made of.
/// </summary>
/// <param name="folder">The folder; it need not exist.</param>
internal sealed class ModelCache(string folder)
{
    /// <summary>The environment variable that puts the cache somewhere else.</summary>
    public const string HomeVariable = "DIFFSEG_HOME";

    /// <summary>The folder.</summary>
    public string Folder { get; } = Path.GetFullPath(folder);

    /// <summary>The cache of this user.</summary>
    /// <param name="variable">Values of environment variables.</param>
    public static ModelCache Of(Func<string, string?> variable)
    {
        if (variable(HomeVariable) is { Length: > 0 } home)
        {
            return new ModelCache(Path.Combine(home, "models"));
        }

        string data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return new ModelCache(data.Length > 0
            ? Path.Combine(data, "DiffSeg", "models")
            : Path.Combine(Path.GetTempPath(), $"DiffSeg-{Environment.UserName}", "models"));
    }

    /// <summary>Where the model of a name is, or will be.</summary>
    /// <param name="name">A name of the catalogue.</param>
    public string PathOf(string name) => Path.Combine(Folder, name + ".onnx");

    /// <summary>The file that a process holds while it makes the model.</summary>
    /// <param name="name">A name of the catalogue.</param>
    public string LockOf(string name) => Path.Combine(Folder, name + ".lock");

    /// <summary>Where the files are collected that the model is made of.</summary>
    /// <param name="name">A name of the catalogue.</param>
    public string DownloadsOf(string name) => Path.Combine(Folder, "downloads", name);

    /// <summary>Whether the model of a name is there, fit for use or not.</summary>
    /// <param name="name">A name of the catalogue.</param>
    public bool Holds(string name) => File.Exists(PathOf(name));

    /// <summary>The model of a name; null when it is not there or cannot be used.</summary>
    /// <param name="name">A name of the catalogue.</param>
    public AttentionModel? Find(string name)
    {
        try
        {
            return Holds(name) ? AttentionModel.Load(PathOf(name)) : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Bytes of everything under a folder of downloads.</summary>
    /// <param name="name">A name of the catalogue.</param>
    public long DownloadedBytes(string name)
    {
        var downloads = new DirectoryInfo(DownloadsOf(name));
        return downloads.Exists ? downloads.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) : 0;
    }
}
