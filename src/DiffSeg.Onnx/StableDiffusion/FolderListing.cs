namespace DiffSeg.Onnx.StableDiffusion;

/// <summary>What is in a folder, for messages.</summary>
internal static class FolderListing
{
    private const int Longest = 12;

    /// <summary>For example <c>unet/, vae_decoder/, model_index.json</c>.</summary>
    public static string Of(string folder)
    {
        string[] names =
        [
            .. Directory.EnumerateDirectories(folder).Select(f => Path.GetFileName(f) + "/").Order(StringComparer.Ordinal),
            .. Directory.EnumerateFiles(folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal),
        ];
        return names switch
        {
            [] => "an empty folder",
            { Length: <= Longest } => string.Join(", ", names),
            _ => $"{string.Join(", ", names[..Longest])} and {names.Length - Longest} more",
        };
    }
}
