using DiffSeg.Onnx.Building;
using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Networks;
using DiffSeg.Onnx.StableDiffusion;
using DiffSeg.Onnx.Tests.Support;
using Google.Protobuf;

namespace DiffSeg.Onnx.Tests.Building;

/// <summary>What prompt a U-Net wants, read off its inputs.</summary>
public sealed class UNetConditioningTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_widths_are_those_of_the_inputs()
    {
        Assert.Equal(new TextConditioning(8), Read("encoder_hidden_states").Conditioning);
        Assert.Equal(new TextConditioning(8, 6), Read("encoder_hidden_states", "text_embeds").Conditioning);
    }

    [Theory]
    [InlineData("encoder_hidden_states")]
    [InlineData("text_embeds")]
    public void A_width_that_the_file_leaves_open_is_refused(string open)
    {
        var error = Assert.Throws<AttentionModelException>(() => Read("encoder_hidden_states", "text_embeds", open).Conditioning);

        Assert.Contains($"the width of '{open}'", error.Expected);
        Assert.Contains("width]", error.Found);
    }

    private UNetPart Read(string prompt, string? pooled = null, string? open = null)
    {
        var graph = new TestGraph();
        graph.Input("sample", 1, 4, 16, 16);
        graph.Input("timestep", 1);
        graph.Input(prompt, 1, 77, 8);
        if (pooled is not null)
        {
            graph.Input(pooled, 1, 6);
        }

        if (graph.Graph.Input.FirstOrDefault(i => i.Name == open) is { } bent)
        {
            bent.Type.TensorType.Shape.Dim[^1] = new TensorShapeProto.Types.Dimension { DimParam = "width" };
        }

        graph.Node("", "Identity", ["sample"], ["out_sample"]);
        graph.Output("out_sample");
        string path = _folder.File("unet.onnx");
        File.WriteAllBytes(path, graph.Model().ToByteArray());
        return new UNetPart(Network.Load(path));
    }
}
