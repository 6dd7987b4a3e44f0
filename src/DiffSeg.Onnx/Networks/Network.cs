using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Graphs;
using DiffSeg.Onnx.Lowering;

namespace DiffSeg.Onnx.Networks;

/// <summary>
/// One network of an export, brought into the form that all the following steps share: standard operators, single
/// precision, no noise, large weights left on disk.
/// </summary>
internal sealed class Network
{
    private Network(string path, ModelProto model, GraphSize size, bool isHalfPrecision)
    {
        Path = path;
        Model = model;
        Size = size;
        IsHalfPrecision = isHalfPrecision;
    }

    public string Path { get; }

    public ModelProto Model { get; }

    public GraphProto Graph => Model.Graph;

    /// <summary>How large the files are, before anything was changed.</summary>
    public GraphSize Size { get; }

    /// <summary>Whether most of the weights are stored in 16 bits.</summary>
    public bool IsHalfPrecision { get; }

    public long OperatorSet => OperatorSetOf(Model);

    /// <summary>Reads a network.</summary>
    /// <param name="path">Full path of its .onnx file.</param>
    /// <exception cref="AttentionModelException">It cannot be read, or has operators that are not understood.</exception>
    public static Network Load(string path)
    {
        ModelProto model = OnnxModelFile.Read(path);
        if (OperatorSetOf(model) is var version && version < OperatorSets.Oldest)
        {
            throw new AttentionModelException(
                path, $"operator set {OperatorSets.Oldest} or later", $"operator set {version}", "Export the model anew with a later operator set.");
        }

        long weights = model.Graph.Initializer.Sum(ElementTypes.Count);
        long half = model.Graph.Initializer.Where(t => SinglePrecision.IsHalf(t.DataType)).Sum(ElementTypes.Count);
        var size = new GraphSize(model.Graph.Node.Count, weights, FilesOf.Bytes(path, model));

        RemoveConstantsFromInputs(model.Graph);
        GraphCheck.Check(model.Graph, path);
        SinglePrecision.Apply(model.Graph);
        OperatorLowering.Apply(model.Graph, version, path);
        ZeroElimination.Apply(model.Graph);
        GraphCut.Prune(model.Graph);
        if (ZeroElimination.RandomNodes(model.Graph).FirstOrDefault() is { } random)
        {
            throw new AttentionModelException(
                path, "a network that gives the same result at each run", $"the random node '{random.Name}' ({random.OpType}), which is more than noise added to a mean",
                "Export the VAE encoder with its latent parameters as output.");
        }

        return new Network(path, model, size, half > weights / 2);
    }

    /// <summary>Lifts it to a later version of the standard operators.</summary>
    public void RaiseTo(long operatorSet)
    {
        OperatorSets.Raise(Graph, OperatorSet, operatorSet, Path);
        Model.OpsetImport.First(IsStandard).Version = operatorSet;
    }

    // Old exporters list every weight among the inputs, as something that may be overridden.
    private static void RemoveConstantsFromInputs(GraphProto graph)
    {
        HashSet<string> constants = [.. graph.Initializer.Select(t => t.Name)];
        ValueInfoProto[] inputs = [.. graph.Input.Where(i => !constants.Contains(i.Name))];
        graph.Input.Clear();
        graph.Input.AddRange(inputs);
    }

    private static long OperatorSetOf(ModelProto model) => model.OpsetImport.FirstOrDefault(IsStandard)?.Version ?? 1;

    private static bool IsStandard(OperatorSetProto set) => set.Domain is "" or "ai.onnx";
}
