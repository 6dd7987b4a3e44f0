using DiffSeg.Onnx.Folding;
using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Graphs;
using DiffSeg.Onnx.Tests.Support;
using DiffSeg.Onnx.Weights;

namespace DiffSeg.Onnx.Tests.Folding;

public sealed class FoldingTests
{
    [Fact]
    public void Shape_arithmetic_becomes_constants_and_weights_are_not_read()
    {
        var graph = new TestGraph();
        Value x = graph.Input("x", 1, 6, 8);
        Value shape = graph.Builder.Node("Shape", [x]);
        Value tokens = shape.Slice(graph.Builder.Index(1), graph.Builder.Index(2), graph.Builder.Index(0));
        Value wanted = graph.Builder.Index(1).Concat(0, tokens, graph.Builder.Integers([2, 4]));
        Value w = graph.Weight("w", 8, 8);
        Value y = x.MatMul(w).Reshape(wanted);
        graph.Output(y.Name);
        ModelProto model = graph.Model();
        TensorReference.Refer(model.Graph.Initializer.Single(t => t.Name == "w"), "/nowhere/weights", 0, 256);

        IReadOnlyDictionary<string, long[]> shapes = ShapeFolding.Fold(model, [y.Name], "unet.onnx");

        Assert.Equal([1, 6, 2, 4], shapes[y.Name]);
        Assert.Equal(["MatMul", "Reshape"], model.Graph.Node.Select(n => n.OpType));
        Assert.Equal("/nowhere/weights", TensorReference.Of(model.Graph.Initializer.Single(t => t.Name == "w")).Path);
        Assert.Equal(["x"], model.Graph.Input.Select(i => i.Name));
        Assert.Equal(["", "com.microsoft"], model.OpsetImport.Select(o => o.Domain).Append("com.microsoft").Distinct());
    }

    [Fact]
    public void A_graph_that_does_not_fit_together_is_an_error_that_says_why()
    {
        var graph = new TestGraph();
        graph.Output(graph.Input("a", 2, 3).MatMul(graph.Input("b", 4, 5)).Name);

        var error = Assert.Throws<AttentionModelException>(() => ShapeFolding.Fold(graph.Model(), [], "unet.onnx"));

        Assert.Contains("MatMul", error.Found);
        Assert.NotNull(error.InnerException);
    }

    [Fact]
    public void What_follows_from_known_inputs_is_computed_once()
    {
        var graph = new TestGraph();
        Value image = graph.Input("image", 1, 4);
        Value prompt = graph.Input("prompt", 1, 3);
        Value keys = prompt.MatMul(graph.Weight("w", 3, 4)).Exp();
        graph.Output((image.Abs() * keys + keys).Name);
        float[] expected = graph.Run()[0];
        ModelProto model = graph.Model();
        TensorProto known = TensorReference.FromFloats("prompt", [1, 3], graph.ValuesOf("prompt"));

        Baking.Bake(model, new Dictionary<string, TensorProto> { ["prompt"] = known }, "unet.onnx", null, TestContext.Current.CancellationToken);

        Assert.Equal(["image"], model.Graph.Input.Select(i => i.Name));
        Assert.Equal(["Abs", "Mul", "Add"], model.Graph.Node.Select(n => n.OpType));
        Assert.Equal([keys.Name], model.Graph.Initializer.Select(t => t.Name));
        Close.Assert(expected, graph.Run(model)[0], 1e-6);
    }

    [Fact]
    public void Damaged_weights_behind_the_prompt_are_found()
    {
        var graph = new TestGraph();
        Value image = graph.Input("image", 1, 4);
        Value prompt = graph.Input("prompt", 1, 4);
        graph.Output((image * (prompt * graph.Builder.Constant("w", [1, float.NaN, 1, 1], 4))).Name);
        TensorProto known = TensorReference.FromFloats("prompt", [1, 4], graph.ValuesOf("prompt"));

        var error = Assert.Throws<AttentionModelException>(() => Baking.Bake(
            graph.Model(), new Dictionary<string, TensorProto> { ["prompt"] = known }, "unet.onnx", null, TestContext.Current.CancellationToken));

        Assert.Contains("NaN", error.Found);
    }
}
