using DiffSeg.Onnx.Folding;
using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Graphs;

namespace DiffSeg.Onnx.Batching;

/// <summary>
/// Makes a graph of one picture one of several. It holds throughout that the first axis of every value that follows from
/// the image goes over pictures first: where the graph of one picture has [k, ..], this one has [pictures · k, ..], and rows
/// b · k to (b + 1) · k belong to picture b. Most operators keep that by themselves; shapes that are written down
/// for one picture are freed; what would mix pictures is refused.
/// </summary>
internal static class PictureAxis
{
    /// <summary>Rewrites a graph in place. Constants that nothing uses any more are left to <see cref="GraphCut.Prune"/>.</summary>
    /// <param name="model">A model of one picture, its shapes fixed and nothing in it that is not needed.</param>
    /// <param name="image">Name of the input whose first dimension is the pictures.</param>
    /// <param name="pictures">How many there will be.</param>
    /// <param name="operatorSet">Version of the standard operators.</param>
    /// <param name="path">The file it came from, for messages.</param>
    /// <exception cref="AttentionModelException">A node mixes pictures, or is of an operator that is not known here.</exception>
    public static void Free(ModelProto model, string image, PicturesPerRun pictures, long operatorSet, string path)
    {
        GraphProto graph = model.Graph;
        HashSet<string> ofPictures = Dependence.On(graph, [image]);
        NodeProto[] nodes = [.. graph.Node];
        var shapes = ShapesAround(model, nodes.Where(n => n.Input.Any(ofPictures.Contains)), path);
        var constants = graph.Initializer.ToDictionary(t => t.Name);
        var builder = new GraphBuilder(graph, operatorSet);
        graph.Node.Clear();
        foreach (NodeProto node in nodes)
        {
            if (!GraphCut.UsedBy(node).Any(ofPictures.Contains))
            {
                builder.Add(node);
                continue;
            }

            if (PictureRules.Apply(new PictureNode(node, builder, shapes, constants, ofPictures)) is { } problem)
            {
                throw Refused(node, problem, path);
            }
        }

        TensorShapeProto shape = graph.Input.First(i => i.Name == image).Type.TensorType.Shape;
        shape.Dim[0] = pictures.Dimension;
        graph.ValueInfo.Clear(); // shapes of one picture
    }

    /// <summary>Shapes of what the nodes take and make, for one picture.</summary>
    private static Dictionary<string, long[]> ShapesAround(ModelProto model, IEnumerable<NodeProto> nodes, string path)
    {
        Dictionary<string, long[]> shapes = model.Graph.Initializer.ToDictionary(t => t.Name, t => t.Dims.ToArray());
        string[] values =
        [
            .. nodes.SelectMany(n => n.Input.Concat(n.Output)).Where(name => name.Length > 0 && !shapes.ContainsKey(name)).Distinct(),
        ];
        foreach (var (name, shape) in ShapeFolding.ShapesOf(model, values, path))
        {
            shapes[name] = shape;
        }

        return shapes;
    }

    private static AttentionModelException Refused(NodeProto node, string problem, string path) => new(
        path,
        "a network that treats each picture of a run by itself",
        $"the node '{node.Name}' ({node.OpType}) {problem}",
        "Build the model for one picture in a run, or take an export from another exporter.");
}
