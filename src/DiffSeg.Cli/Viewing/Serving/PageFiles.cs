using System.Collections.Frozen;
using System.Reflection;

namespace DiffSeg.Cli.Viewing.Serving;

/// <summary>The files of the page, as they lie in the program.</summary>
internal static class PageFiles
{
    // Names of the resources begin so; the project file says it.
    private const string Prefix = "view/";

    private const string First = "index.html";

    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    }.ToFrozenDictionary();

    /// <summary>Finds a file.</summary>
    /// <param name="name">Its name; nothing for the page itself.</param>
    /// <returns>Its content type and its bytes; null when there is none of that name.</returns>
    public static (string Type, Stream Bytes)? Find(string name)
    {
        name = name.Length == 0 ? First : name;
        Stream? bytes = Assembly.GetExecutingAssembly().GetManifestResourceStream(Prefix + name);
        return bytes is null ? null : (Types[Path.GetExtension(name)], bytes);
    }
}
