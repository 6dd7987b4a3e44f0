using System.IO.Compression;

namespace DiffSeg.Packages.Tests.Hook;

/// <summary>A folder of empty packages that plays a NuGet source.</summary>
internal static class FakeSource
{
    public static readonly string[] MlNet = ["Microsoft.ML", "Microsoft.ML.ImageAnalytics", "Microsoft.ML.OnnxTransformer"];

    public static void Fill(string folder, IEnumerable<string> ids, string version)
    {
        Directory.CreateDirectory(folder);
        foreach (string id in ids)
        {
            using ZipArchive zip = ZipFile.Open(Path.Combine(folder, $"{id}.{version}.nupkg"), ZipArchiveMode.Create);
            using (var nuspec = new StreamWriter(zip.CreateEntry(id + ".nuspec").Open()))
            {
                nuspec.Write($"""
                    <package><metadata><id>{id}</id><version>{version}</version><authors>test</authors>
                    <description>empty, for a test</description></metadata></package>
                    """);
            }

            zip.CreateEntry("lib/net10.0/_._");
        }
    }
}
