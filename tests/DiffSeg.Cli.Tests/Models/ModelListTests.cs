using DiffSeg.Cli.Tests.Support;
using DiffSeg.Onnx;

namespace DiffSeg.Cli.Tests.Models;

public sealed class ModelListTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly ToolRun _tool;

    public ModelListTests() => _tool = new ToolRun(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_can_be_pulled_is_listed_with_licence_and_size()
    {
        (int code, string output, string error) = await _tool.Run("model", "list");

        Assert.Equal((0, ""), (code, error));
        Assert.Matches(@"demo +built in +MIT ", output);
        Assert.Matches(@"sam2-hiera-tiny +no, a download of about 175\.7 MB +Apache-2\.0 ", output);
        Assert.Matches(@"sd15 +no, a download of about 3\.79 GB +CreativeML-OpenRAIL-M +Stable Diffusion 1\.5", output);
        Assert.EndsWith($"Pulled models are in {_folder["home/models"]}\nGet one with: diffseg model pull NAME\n", output, StringComparison.Ordinal);
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public async Task What_has_been_pulled_is_listed_with_its_size()
    {
        _folder.Write("home/models/sd15.onnx", File.ReadAllBytes(AttentionModel.Demo.Path));
        _folder.Write("home/models/sd14.onnx", "half a model"u8);
        _folder.Write("home/models/downloads/sd21/unet/weights.pb.part", new byte[3 << 20]);

        (_, string output, _) = await _tool.Run("model", "list");

        Assert.Matches(@"sd15 +yes, 349 kB, 512 x 512, none +CreativeML", output);
        Assert.Matches(@"sd14 +damaged; pull it again +CreativeML", output);
        Assert.Matches(@"sd21 +3\.0 MB of about 4\.62 GB downloaded +CreativeML", output);
    }
}
