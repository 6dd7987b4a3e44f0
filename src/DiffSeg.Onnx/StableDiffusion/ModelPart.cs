namespace DiffSeg.Onnx.StableDiffusion;

/// <summary>One model of an export: its ONNX file and, where there is one, the config.json beside it.</summary>
/// <param name="Role">What it is in the diffusers layout, for example <c>unet</c>.</param>
/// <param name="Path">Full path of the ONNX file.</param>
/// <param name="Config">Its configuration; null when there is none.</param>
internal sealed record ModelPart(string Role, string Path, JsonConfig? Config)
{
    private const string UsualName = "model.onnx";

    public string Folder { get; } = System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>The model in an export's folder of that name; null when there is no such folder or no ONNX file in it.</summary>
    /// <exception cref="AttentionModelException">Several ONNX files and none has the usual name, or a broken config.json.</exception>
    public static ModelPart? In(string export, string role) => InFolder(System.IO.Path.Combine(export, role), role);

    /// <summary>The model at another place: an ONNX file, its folder, or a whole export that has the part.</summary>
    /// <exception cref="AttentionModelException">There is no such model.</exception>
    public static ModelPart At(string place, string role)
    {
        place = System.IO.Path.GetFullPath(place);
        if (File.Exists(place))
        {
            return Read(place, role);
        }

        string expected = $"the {role} that the options name: an .onnx file, its folder, or an export with {role}/";
        if (!Directory.Exists(place))
        {
            throw new AttentionModelException(place, expected, "neither a file nor a folder", "Check the path.");
        }

        return In(place, role) ?? InFolder(place, role) ?? throw new AttentionModelException(
            place, expected, FolderListing.Of(place), "Give the path of the .onnx file itself.");
    }

    private static ModelPart? InFolder(string folder, string role)
    {
        string[] files = OnnxFiles(folder);
        string? usual = files.FirstOrDefault(
            f => System.IO.Path.GetFileName(f).Equals(UsualName, StringComparison.OrdinalIgnoreCase));
        return files switch
        {
            [] => null,
            _ when usual is not null => Read(usual, role),
            [var only] => Read(only, role),
            _ => throw new AttentionModelException(
                folder, $"one .onnx file, or one that is called {UsualName}",
                string.Join(", ", files.Select(System.IO.Path.GetFileName)),
                $"Rename the one to use to {UsualName}."),
        };
    }

    /// <summary>The ONNX files of a folder in order of their names; none when there is no such folder.</summary>
    public static string[] OnnxFiles(string folder) => !Directory.Exists(folder)
        ? []
        : [.. Directory.EnumerateFiles(folder, "*.onnx", new EnumerationOptions { MatchCasing = MatchCasing.CaseInsensitive })
            .Where(f => !System.IO.Path.GetFileName(f).StartsWith('.')) // "._model.onnx": macOS' notes on a copied file
            .Order(StringComparer.Ordinal)];

    private static ModelPart Read(string path, string role)
    {
        // A cache of downloads holds links; one that leads nowhere counts as a file all the same.
        if (File.ResolveLinkTarget(path, returnFinalTarget: true) is { Exists: false })
        {
            throw new AttentionModelException(
                path, "an ONNX model", "a link to a file that is not there", "Fetch the export again.");
        }

        string config = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path)!, "config.json");
        return new ModelPart(role, path, JsonConfig.ReadIfPresent(config));
    }
}
