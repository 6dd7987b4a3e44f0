namespace DiffSeg.Cli.Building;

/// <summary>What is looked at before a model is built.</summary>
internal static class BuildRules
{
    /// <summary>The full path of the model to write.</summary>
    /// <param name="given">As given.</param>
    /// <param name="workingDirectory">What a relative path starts from.</param>
    /// <exception cref="SetupException">It is a folder, its folder does not exist, or it does not end in .onnx.</exception>
    public static string OutputPath(string given, string workingDirectory)
    {
        string path = Path.GetFullPath(given, workingDirectory);
        if (Directory.Exists(path) || Path.EndsInDirectorySeparator(given))
        {
            throw new SetupException($"--output '{given}' is a folder; give a file that ends in .onnx.");
        }

        if (!path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase))
        {
            throw new SetupException($"--output '{given}' does not end in .onnx. Did you mean '{given}.onnx'?");
        }

        return Directory.Exists(Path.GetDirectoryName(path))
            ? path
            : throw new SetupException($"--output '{given}': the folder '{Path.GetDirectoryName(path)}' does not exist.");
    }
}
