using DiffSeg.Onnx.Tests.Support;

namespace DiffSeg.Onnx.Tests.StableDiffusion;

/// <summary>A folder with small files in the place of an export's: enough for everything that does not read the models.</summary>
internal sealed class ExportDraft : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>unet/, vae_encoder/ and text_encoder/, each with a model.onnx of a few bytes.</summary>
    public static ExportDraft Usual() => new ExportDraft()
        .With("unet/model.onnx").With("vae_encoder/model.onnx").With("text_encoder/model.onnx");

    public string Path => _folder.Path;

    public ExportDraft With(string name, string content = "weights")
    {
        string path = At(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return this;
    }

    public ExportDraft Without(string name)
    {
        string path = At(name);
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
        else
        {
            File.Delete(path);
        }

        return this;
    }

    /// <summary>Moves files away and puts links in their place, as caches of downloads have it.</summary>
    public ExportDraft InCache(params ReadOnlySpan<string> names)
    {
        Directory.CreateDirectory(At("blobs"));
        for (int i = 0; i < names.Length; i++)
        {
            string path = At(names[i]), blob = At($"blobs/{i}");
            File.Move(path, blob);
            File.CreateSymbolicLink(path, System.IO.Path.GetRelativePath(System.IO.Path.GetDirectoryName(path)!, blob));
        }

        return this;
    }

    public string At(string name) => System.IO.Path.Combine([Path, .. name.Split('/')]);

    public void Dispose() => _folder.Dispose();
}
