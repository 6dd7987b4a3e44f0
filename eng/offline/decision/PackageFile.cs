using System.IO.Compression;
using System.Xml.Linq;

namespace DiffSeg.Offline;

/// <summary>A .nupkg's id and version, from the nuspec inside it.</summary>
internal sealed record PackageFile(string Id, string Version)
{
    public static PackageFile Read(string path)
    {
        using ZipArchive zip = ZipFile.OpenRead(path);
        ZipArchiveEntry nuspec = zip.Entries.First(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal));
        using Stream stream = nuspec.Open();
        XElement metadata = XDocument.Load(stream).Root!.Elements().First(element => element.Name.LocalName == "metadata");
        string Value(string name) => metadata.Elements().First(element => element.Name.LocalName == name).Value;
        return new PackageFile(Value("id"), Value("version"));
    }
}
