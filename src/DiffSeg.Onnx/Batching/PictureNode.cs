using System.Runtime.InteropServices;
using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Graphs;
using DiffSeg.Onnx.Weights;
using ElementType = DiffSeg.Onnx.Format.TensorProto.Types.ElementType;

namespace DiffSeg.Onnx.Batching;

/// <summary>A node that takes values of pictures, with the shapes that they have for one picture.</summary>
internal sealed class PictureNode(
    NodeProto node, GraphBuilder graph, IReadOnlyDictionary<string, long[]> shapes,
    IReadOnlyDictionary<string, TensorProto> constants, IReadOnlySet<string> ofPictures)
{
    public NodeProto Node => node;

    /// <summary>Its inputs that are there.</summary>
    public IEnumerable<int> Inputs => Enumerable.Range(0, node.Input.Count).Where(i => node.Input[i].Length > 0);

    /// <summary>Whether an input follows from the image.</summary>
    public bool IsOfPictures(int input) => ofPictures.Contains(node.Input[input]);

    /// <summary>Shape of an input for one picture.</summary>
    public long[] Shape(int input) => shapes[node.Input[input]];

    /// <summary>Shape of its first output for one picture.</summary>
    public long[] Result => shapes[node.Output[0]];

    /// <summary>Whether only the first input follows from the image, and the first axis is there.</summary>
    public bool TakesPicturesFirst => Inputs.All(i => IsOfPictures(i) == (i == 0)) && Shape(0).Length > 0;

    /// <summary>The whole numbers of a constant input, or of an attribute in older versions; null where neither is there.</summary>
    public long[]? Integers(int input, string attribute)
    {
        if (Attributes.Find(node, attribute) is { } written)
        {
            return [.. written.Ints];
        }

        if (node.Input.Count <= input || !constants.TryGetValue(node.Input[input], out TensorProto? tensor))
        {
            return null;
        }

        byte[] bytes = TensorReference.ReadBytes(tensor);
        return tensor.DataType == (int)ElementType.Int32
            ? [.. MemoryMarshal.Cast<byte, int>(bytes).ToArray().Select(v => (long)v)]
            : MemoryMarshal.Cast<byte, long>(bytes).ToArray();
    }

    /// <summary>An axis of an input, counted from its first.</summary>
    public long FromFirst(long axis, int rank) => axis < 0 ? axis + rank : axis;

    /// <summary>Replaces an input by constant whole numbers.</summary>
    public void Set(int input, ReadOnlySpan<long> values) => node.Input[input] = graph.Integers(values).Name;

    /// <summary>Takes the node over as it is.</summary>
    public void Keep() => graph.Add(node);

    /// <summary>
    /// Puts an axis of its own for the pictures before all others, for this node alone, so that the axes behind line up as
    /// they do for one picture.
    /// </summary>
    /// <param name="rank">Axes that inputs of pictures have then, besides the new one.</param>
    public void KeepWithOwnAxis(int rank)
    {
        foreach (int input in Inputs.Where(IsOfPictures))
        {
            long[] shape = Shape(input);
            long[] padding = [.. Enumerable.Repeat(1L, rank - shape.Length)];
            node.Input[input] = graph[node.Input[input]].Reshape([-1, .. padding, .. shape]).Name;
        }

        string name = node.Output[0];
        long[] result = Result;
        string apart = $"{name}/of_each_picture";
        node.Output[0] = apart;
        graph.Release(name);
        graph.Add(node);
        graph[apart].Reshape([-1, .. result[1..]], name);
    }
}
