using DiffSeg.Onnx.StableDiffusion;
using DiffSeg.Onnx.Tests.Support;

namespace DiffSeg.Onnx.Tests.StableDiffusion;

public sealed class JsonConfigTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // JSON that its parser takes, until somebody asks for the text.
    [Fact]
    public void Text_that_is_none_is_refused()
    {
        string path = _folder.File("config.json");
        File.WriteAllBytes(path, [.. "{\"model_type\": \"clip"u8, 0xC7, .. "\", \"hidden_act\": \"gelu\"}"u8]);
        JsonConfig config = JsonConfig.ReadIfPresent(path)!;

        Assert.Equal("gelu", config.Text("hidden_act"));
        Assert.Contains("model_type", Assert.Throws<AttentionModelException>(() => config.Text("model_type")).Expected);
    }
}
