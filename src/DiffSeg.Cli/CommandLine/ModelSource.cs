using DiffSeg.Cli.Models;
using DiffSeg.Cli.Reporting;
using DiffSeg.Onnx;

namespace DiffSeg.Cli.CommandLine;

/// <summary>Finds the attention model that a user names.</summary>
/// <param name="workingDirectory">What a relative path starts from.</param>
/// <param name="catalogue">The models that can be pulled.</param>
/// <param name="cache">The models that have been.</param>
internal sealed class ModelSource(string workingDirectory, ModelCatalogue catalogue, ModelCache cache)
{
    /// <summary>Names the built-in model.</summary>
    public const string Demo = "demo";

    /// <summary>How options call what they take.</summary>
    public const string HelpName = "demo|NAME|FILE";

    /// <summary>Loads a model's description.</summary>
    /// <param name="given">"demo", a name of the catalogue, or a file. A file of such a name is reached as "./NAME".</param>
    /// <exception cref="SetupException">There is no such model, or it is no attention model.</exception>
    public AttentionModel Load(string given)
    {
        if (given.Equals(Demo, StringComparison.OrdinalIgnoreCase))
        {
            return Read(() => AttentionModel.Demo);
        }

        string path = Path.GetFullPath(given, workingDirectory);
        CatalogueEntry? known = IsFile(given) ? null : catalogue.Find(given);
        if (known is null)
        {
            return Read(() => AttentionModel.Load(path), missing => new SetupException($"There is no model file '{given}'.{Neighbour(given, path)}", missing));
        }

        return Read(() => AttentionModel.Load(cache.PathOf(known.Name)), missing => new SetupException(
            $"The model '{known.Name}' is not on this machine yet; 'diffseg model pull {known.Name}' gets it (a download of about {ByteSize.Text(known.DownloadSize)}).", missing));
    }

    private static bool IsFile(string given) =>
        given.AsSpan().IndexOfAny('/', '\\') >= 0 || given.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase);

    private static AttentionModel Read(Func<AttentionModel> load, Func<FileNotFoundException, SetupException>? explain = null)
    {
        try
        {
            return load();
        }
        catch (FileNotFoundException missing) when (explain is not null)
        {
            throw explain(missing);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new SetupException(problem.Message, problem);
        }
    }

    private string Neighbour(string given, string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        IEnumerable<string> files = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.onnx").Select(file => Path.GetFileName(file)!)
            : [];
        IEnumerable<string> names = IsFile(given) ? [] : catalogue.Models.Select(model => model.Name);
        return Suggestion.For(Path.GetFileName(path), [.. files, Demo, .. names]) is { Length: > 0 } suggestion
            ? suggestion
            : $" Give an ONNX file, '{Demo}' for the built-in model, or a name that 'diffseg model list' shows.";
    }
}
