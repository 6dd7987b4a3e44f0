using DiffSeg.Onnx.Folding;
using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Graphs;
using DiffSeg.Onnx.Recognition;
using DiffSeg.Onnx.Tests.Support;

namespace DiffSeg.Onnx.Tests.Recognition;

/// <summary>What is self-attention and what is not, on small graphs of each kind.</summary>
public sealed class SelfAttentionFinderTests
{
    [Fact]
    public void Keys_from_the_image_are_self_attention_and_keys_from_the_prompt_are_not()
    {
        var graph = new TestGraph();
        Value image = graph.Input("image", 1, 16, 8);
        Value prompt = graph.Input("prompt", 1, 16, 8); // as many tokens as the image, so that no shape tells them apart
        Value afterSelf = Attend(graph, image, image);
        Value afterCross = Attend(graph, afterSelf, prompt);
        graph.Output(Attend(graph, afterCross, afterCross).Name);

        IReadOnlyList<FoundAttention> found = Find(graph);

        Assert.Equal([(0, 1, 4, 4), (1, 1, 4, 4)], found.Select(f => (f.Layer.Index, f.Layer.Heads, f.Layer.Height, f.Layer.Width)));
    }

    [Fact]
    public void Products_by_Einsum_count()
    {
        var graph = new TestGraph();
        Value x = graph.Input("image", 2, 4, 8);
        Value scores = graph.Builder.Node("Einsum", [x * 2, x], null, Attributes.Text("equation", "b i d, b j d -> b i j"));
        graph.Output((scores * 0.5).Softmax(-1).Name);

        AttentionLayer layer = Assert.Single(Find(graph)).Layer;

        Assert.Equal((2, 2, 2), (layer.Heads, layer.Height, layer.Width));
    }

    [Fact]
    public void A_grid_is_the_latent_halved()
    {
        var graph = new TestGraph();
        Value fine = graph.Input("image", 1, 96, 8);
        Value coarse = fine.Slice(graph.Builder.Index(0), graph.Builder.Index(24), graph.Builder.Index(1));
        Value a = Attend(graph, fine, fine);
        Value b = Attend(graph, coarse, coarse);
        graph.Output(a.Name);
        graph.Output(b.Name);

        IReadOnlyList<FoundAttention> found = Find(graph, height: 8, width: 12);

        Assert.Equal([(8, 12), (4, 6)], found.Select(f => (f.Layer.Height, f.Layer.Width)));
    }

    [Fact]
    public void A_softmax_over_something_else_is_no_attention()
    {
        var graph = new TestGraph();
        Value x = graph.Input("image", 1, 16, 16);
        Value gates = x.MatMul(graph.Weight("w", 16, 16)).Softmax(-1); // a product with weights: a choice among experts, not attention
        Value overQueries = graph.Builder.Node("Softmax", [x.MatMul(x)], null, Attributes.Integer("axis", 1));
        graph.Output((gates + overQueries).Name);

        var error = Assert.Throws<AttentionModelException>(() => Find(graph));

        Assert.Contains("2 other Softmax", error.Found);
        Assert.Equal("unet.onnx", error.ModelPath);
    }

    [Theory]
    [InlineData("/down_blocks.0/attentions.1/transformer_blocks.0/attn1/Softmax", "down_blocks.0.attentions.1.transformer_blocks.0.attn1")]
    [InlineData("/unet/input_blocks.1/input_blocks.1.1/transformer_blocks.0/attn1/Softmax", "unet.input_blocks.1.input_blocks.1.1.transformer_blocks.0.attn1")]
    [InlineData("Softmax_224", "Softmax_224")]
    public void A_layer_is_named_after_its_module_where_the_exporter_kept_the_name(string node, string expected)
    {
        var graph = new TestGraph();
        Value x = graph.Input("image", 1, 16, 8);
        Value scores = x.MatMul(x.Transpose([0, 2, 1]));
        graph.Output(scores.Softmax(-1, node).Name);

        Assert.Equal(expected, Assert.Single(Find(graph)).Layer.Name);
    }

    [Fact]
    public void A_layer_without_a_name_is_named_after_the_bias_behind_it()
    {
        var graph = new TestGraph();
        Value x = graph.Input("image", 1, 16, 8);
        Value attended = Attend(graph, x, x).MatMul(graph.Weight("onnx::MatMul_12", 8, 8));
        graph.Output((attended + graph.Weight("mid_block.attentions.0.transformer_blocks.0.attn1.to_out.0.bias", 8)).Name);

        Assert.Equal("mid_block.attentions.0.transformer_blocks.0.attn1", Assert.Single(Find(graph)).Layer.Name);
    }

    private static Value Attend(TestGraph graph, Value from, Value to)
    {
        Value queries = from.MatMul(graph.Weight($"q{graph.Graph.Node.Count}", 8, 8));
        Value keys = to.MatMul(graph.Weight($"k{graph.Graph.Node.Count}", 8, 8));
        return (queries * 0.35).MatMul(keys.Transpose([0, 2, 1])).Softmax(-1).MatMul(to);
    }

    private static IReadOnlyList<FoundAttention> Find(TestGraph graph, int height = 4, int width = 4)
    {
        ModelProto model = graph.Model();
        IReadOnlyList<string> candidates = SelfAttentionFinder.Candidates(model.Graph);
        IReadOnlyDictionary<string, long[]> shapes = ShapeFolding.Fold(model, candidates, "unet.onnx");
        return SelfAttentionFinder.Find(model.Graph, "image", candidates, shapes, height, width, "unet.onnx");
    }
}
