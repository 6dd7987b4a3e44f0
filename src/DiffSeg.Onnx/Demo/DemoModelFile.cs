namespace DiffSeg.Onnx.Demo;

/// <summary>The demo model inside this assembly, as a file that ONNX Runtime can open.</summary>
internal static class DemoModelFile
{
    private const string Resource = "demo-attention.onnx";

    private static readonly Lock Gate = new();
    private static readonly Lazy<MaterialisedFile> File = new(() => new MaterialisedFile("demo-attention", ".onnx", Content()));
    private static AttentionModel? _model;

    public static AttentionModel Load()
    {
        lock (Gate)
        {
            // Looked at every time: somebody may have cleared the folder since.
            string path = File.Value.PathIn(Folders());
            if (_model?.Path != path)
            {
                _model = AttentionModel.Load(path);
            }

            return _model;
        }
    }

    public static byte[] Content()
    {
        using Stream stream = typeof(DemoModelFile).Assembly.GetManifestResourceStream(Resource)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    /// <summary>Where the file may lie, best first.</summary>
    private static IEnumerable<string> Folders()
    {
        string data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        if (data.Length > 0) // empty for a user without a home
        {
            yield return Path.Combine(data, "DiffSeg", "models");
        }

        yield return Path.Combine(Path.GetTempPath(), $"DiffSeg-{Environment.UserName}", "models");
    }
}
