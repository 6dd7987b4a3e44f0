using DiffSeg.Onnx;

namespace DiffSeg.Cli.CommandLine;

/// <summary>Finds the attention model that a user names.</summary>
internal static class ModelSource
{
    /// <summary>Names the built-in model.</summary>
    public const string Demo = "demo";

    /// <summary>Loads its description.</summary>
    /// <param name="given">"demo" or a file.</param>
    /// <param name="workingDirectory">What a relative path starts from.</param>
    /// <exception cref="SetupException">There is no such file, or it is no attention model.</exception>
    public static AttentionModel Load(string given, string workingDirectory)
    {
        string path = Path.GetFullPath(given, workingDirectory);
        try
        {
            // A file that is called "demo" is reached as "./demo".
            return given.Equals(Demo, StringComparison.OrdinalIgnoreCase) ? AttentionModel.Demo : AttentionModel.Load(path);
        }
        catch (FileNotFoundException missing)
        {
            throw new SetupException($"There is no model file '{given}'.{Neighbour(path)}", missing);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new SetupException(problem.Message, problem);
        }
    }

    private static string Neighbour(string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        IEnumerable<string> files = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.onnx").Select(file => Path.GetFileName(file)!)
            : [];
        return Suggestion.For(Path.GetFileName(path), files.Append(Demo)) is { Length: > 0 } suggestion
            ? suggestion
            : $" Give an ONNX file, or '{Demo}' for the built-in model.";
    }
}
