namespace DiffSeg.Onnx.Format;

/// <summary>All tensors of a model, wherever they stand.</summary>
internal static class Tensors
{
    public static IEnumerable<TensorProto> In(ModelProto model) =>
        In(model.Graph).Concat(model.Functions.SelectMany(f => f.Node).SelectMany(In));

    /// <summary>The graph's initialisers and the tensors among its nodes' attributes, with those of graphs inside.</summary>
    public static IEnumerable<TensorProto> In(GraphProto graph) =>
        graph.Initializer.Concat(graph.Node.SelectMany(In));

    public static IEnumerable<TensorProto> In(NodeProto node)
    {
        foreach (AttributeProto attribute in node.Attribute)
        {
            if (attribute.T is not null)
            {
                yield return attribute.T;
            }

            foreach (TensorProto tensor in attribute.Tensors)
            {
                yield return tensor;
            }

            foreach (GraphProto graph in attribute.G is null ? attribute.Graphs : attribute.Graphs.Prepend(attribute.G))
            {
                foreach (TensorProto tensor in In(graph))
                {
                    yield return tensor;
                }
            }
        }
    }
}
