using System.IO.Compression;
using System.Xml.Linq;

namespace DiffSeg.Packages.Tests.Packing;

/// <summary>What is in a package.</summary>
public sealed record PackageContent(string Path, XElement Metadata, IReadOnlyDictionary<string, byte[]> Files)
{
    public string Version => Value("version")!;

    public static PackageContent Open(string path)
    {
        using ZipArchive zip = ZipFile.OpenRead(path);
        var files = zip.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var bytes = new MemoryStream();
            using Stream content = entry.Open();
            content.CopyTo(bytes);
            return bytes.ToArray();
        });
        using var nuspec = new MemoryStream(files.Single(file => file.Key.EndsWith(".nuspec", StringComparison.Ordinal)).Value);
        return new PackageContent(path, XDocument.Load(nuspec).Root!.Elements().Single(element => element.Name.LocalName == "metadata"), files);
    }

    public string? Value(string name) => Metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value;

    /// <summary>Ids of the packages that it depends on.</summary>
    public IEnumerable<string> Dependencies() => Metadata.Descendants()
        .Where(element => element.Name.LocalName == "dependency").Select(element => element.Attribute("id")!.Value);
}
