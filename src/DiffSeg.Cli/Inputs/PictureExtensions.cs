namespace DiffSeg.Cli.Inputs;

/// <summary>Which files of a folder are pictures to segment.</summary>
internal static class PictureExtensions
{
    /// <summary>What ML.NET's image loader reads everywhere.</summary>
    public const string Text = ".jpg, .jpeg, .png, .bmp, .gif, .webp";

    private static readonly HashSet<string> Known = new(Text.Split(", "), StringComparer.OrdinalIgnoreCase);

    /// <summary>True for pictures, except masks and overlays that this tool wrote: they are results, not inputs.</summary>
    /// <param name="path">A path; only its name is looked at.</param>
    public static bool IsInput(string path) =>
        Known.Contains(Path.GetExtension(path)) && !Output.OutputNames.IsResult(path);
}
