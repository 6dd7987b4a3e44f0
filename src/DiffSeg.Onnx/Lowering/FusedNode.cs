using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Graphs;

namespace DiffSeg.Onnx.Lowering;

/// <summary>A fused operator that is being written out.</summary>
internal sealed class FusedNode(
    NodeProto node, GraphBuilder graph, IReadOnlyDictionary<string, TensorProto> constants, string path)
{
    // Heads and groups are tens; what is made for each of them must not be made for as many as a damaged file says.
    private const int MostParts = 1 << 16;

    public GraphBuilder Graph => graph;

    /// <summary>An input that must be there.</summary>
    public Value Input(int index) => Optional(index) ?? throw NotKnown($"without its input {index}");

    /// <summary>An input, or null where it is left out.</summary>
    public Value? Optional(int index) =>
        index < node.Input.Count && node.Input[index].Length > 0 ? graph[node.Input[index]] : null;

    /// <summary>Name of an output, or null where nobody asks for it.</summary>
    public string? Output(int index) =>
        index < node.Output.Count && node.Output[index].Length > 0 ? node.Output[index] : null;

    /// <summary>Gives a value the name of an output.</summary>
    public void Return(int index, Value value)
    {
        if (Output(index) is { } name)
        {
            graph.Node("Identity", [value], name);
        }
    }

    public long Integer(string attribute, long otherwise) => Attributes.Integer(node, attribute, otherwise);

    /// <summary>An attribute that counts parts of a channel, 1 where it is absent.</summary>
    /// <exception cref="AttentionModelException">It is none that can be.</exception>
    public int Count(string attribute) => Integer(attribute, 1) is >= 1 and <= MostParts and var count
        ? (int)count
        : throw NotKnown($"with {attribute} = {Integer(attribute, 1)}");

    public float Real(string attribute, float otherwise) => Attributes.Real(node, attribute, otherwise);

    public AttributeProto? Attribute(string name) => Attributes.Find(node, name);

    /// <summary>The size of the last axis of an input that is a constant.</summary>
    /// <exception cref="AttentionModelException">It is none, or a single number.</exception>
    public long LastSize(int index) =>
        Optional(index) is { } value && constants.TryGetValue(value.Name, out TensorProto? tensor) && tensor.Dims.Count > 0
            ? tensor.Dims[^1]
            : throw NotKnown($"whose input {index} is not a constant with an axis");

    /// <summary>Refuses inputs beyond those that are understood here.</summary>
    public void RefuseInputsFrom(int index, string what)
    {
        for (int i = index; i < node.Input.Count; i++)
        {
            if (node.Input[i].Length > 0)
            {
                throw NotKnown($"with {what} ('{node.Input[i]}')");
            }
        }
    }

    public AttentionModelException NotKnown(string use) => new(
        path,
        "operators that can be written out in standard ones",
        $"{(node.Domain.Length > 0 ? node.Domain + ":" : "")}{node.OpType} '{node.Name}' {use}",
        "Take the export before it was optimised, or one from another exporter.");
}
