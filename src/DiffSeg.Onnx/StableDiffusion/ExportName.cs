namespace DiffSeg.Onnx.StableDiffusion;

/// <summary>What to call an export: the repository it comes from where that can be told, else its folder.</summary>
internal static class ExportName
{
    // A cache of downloads keeps owner/name as models--owner--name/snapshots/<revision>.
    private const string CachePrefix = "models--";

    /// <summary>For example <c>onnx-community/stable-diffusion-v1-5-ONNX</c>.</summary>
    /// <param name="folder">Full path of the export.</param>
    /// <param name="index">Its model_index.json; null when there is none.</param>
    public static string Of(string folder, JsonConfig? index)
    {
        string? origin = index?.Text("_name_or_path");
        return FromCache(folder) ?? (origin is null ? null : FromCache(origin) ?? Repository(origin)) ?? Path.GetFileName(folder);
    }

    private static string? FromCache(string path)
    {
        string? entry = path.Split('/', '\\').LastOrDefault(p => p.StartsWith(CachePrefix, StringComparison.Ordinal));
        return entry?[CachePrefix.Length..].Replace("--", "/", StringComparison.Ordinal);
    }

    // Whoever exported from a folder of their own left its path here, which says nothing and is nobody's business.
    private static string? Repository(string origin) =>
        origin.Split('/') is [{ Length: > 0 } owner, { Length: > 0 }] && owner is not ("." or ".." or "~") && !origin.Contains('\\')
            ? origin
            : null;
}
