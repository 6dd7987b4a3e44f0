using DiffSeg.Onnx.Format;

namespace DiffSeg.Onnx.Weights;

/// <summary>
/// A model in the form in which it will be written: the graph with its small tensors, and apart from it the large ones
/// with what is to be done to their values.
/// </summary>
/// <param name="Model">The model without its large tensors; the main graph lacks them altogether.</param>
/// <param name="Tensors">The large tensors of the main graph: constants go in front of its nodes, in this order.</param>
/// <param name="Nested">Large tensors of attributes and of graphs inside, which are part of the model and lack their values.</param>
internal sealed record StoredModel(ModelProto Model, IReadOnlyList<StoredTensor> Tensors, IReadOnlyList<StoredTensor> Nested)
{
    /// <summary>All large tensors.</summary>
    public IEnumerable<StoredTensor> All => Tensors.Concat(Nested);

    /// <summary>Bytes of all large tensors' values.</summary>
    public long Bytes => All.Sum(t => t.Values.Length);

    /// <summary>Decides on the form of every tensor. The model stays as it is.</summary>
    public static StoredModel Of(ModelProto model, WeightStorage storage, WeightBlocks blocks)
    {
        ModelProto copy = model.Clone();
        StoredTensor[] nested = [.. TakeNested(copy)];
        return new(copy, new WeightForms(copy.Graph, storage, blocks).TakeInitialisers(), nested);
    }

    private static IEnumerable<StoredTensor> TakeNested(ModelProto model)
    {
        IEnumerable<NodeProto> nodes = model.Graph.Node.Concat(model.Functions.SelectMany(f => f.Node));
        foreach (TensorProto tensor in nodes.SelectMany(Format.Tensors.In))
        {
            if (TensorReference.IsExternal(tensor) || tensor.RawData.Length > OnnxModelFile.InlineLimit)
            {
                var values = new UnchangedValues(tensor.Clone());
                tensor.ClearRawData();
                yield return new(tensor, values);
            }
        }
    }
}
