namespace DiffSeg.Onnx.Tests.Support;

/// <summary>Files of the repository that the tests were built in.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Path(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = System.IO.Path.GetDirectoryName(folder))
        {
            if (File.Exists(System.IO.Path.Combine(folder, "DiffSeg.MLNet.sln")))
            {
                return folder;
            }
        }

        throw new DirectoryNotFoundException($"No DiffSeg.MLNet.sln above {AppContext.BaseDirectory}.");
    }
}
