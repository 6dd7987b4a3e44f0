using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Graphs;
using DiffSeg.Onnx.Weights;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using ElementType = DiffSeg.Onnx.Format.TensorProto.Types.ElementType;

namespace DiffSeg.Onnx.Folding;

/// <summary>
/// Computes once what does not depend on the image: all that follows from the time step (its embedding, one vector per
/// residual block) and from the prompt (keys and values of the cross-attention). The results become constants, and the
/// weights that made them go.
/// </summary>
internal static class Baking
{
    // Weights held at a time: enough for the time embedding and some blocks, far below a machine's memory.
    private const long Budget = 256L << 20;

    /// <summary>Bakes known inputs into a graph, in place.</summary>
    /// <param name="model">The model, shapes folded.</param>
    /// <param name="known">Values of the inputs that are known.</param>
    /// <param name="path">The file it came from, for messages.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="AttentionModelException">ONNX Runtime cannot compute a part, or a value is not finite.</exception>
    public static void Bake(
        ModelProto model, IReadOnlyDictionary<string, TensorProto> known, string path, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        GraphProto graph = model.Graph;
        HashSet<string> unknown = Dependence.On(graph, graph.Input.Select(i => i.Name).Where(n => !known.ContainsKey(n)));
        HashSet<string> computable = Dependence.On(graph, known.Keys);
        computable.ExceptWith(unknown);

        string[] wanted = [.. Frontier(graph, computable, unknown)];
        var baked = new List<TensorProto>();
        foreach (string[] batch in Batches(model, wanted))
        {
            cancellationToken.ThrowIfCancellationRequested();
            baked.AddRange(Compute(model, batch, known, path));
            progress?.Report((double)baked.Count / wanted.Length);
        }

        Replace(graph, known, baked);
    }

    /// <summary>The computable values that something beyond them uses.</summary>
    private static IEnumerable<string> Frontier(GraphProto graph, HashSet<string> computable, HashSet<string> unknown) => graph.Node
        .Where(n => n.Output.Any(unknown.Contains))
        .SelectMany(GraphCut.UsedBy)
        .Where(computable.Contains)
        .Distinct();

    /// <summary>Parts of the wanted values whose weights fit the budget together.</summary>
    private static IEnumerable<string[]> Batches(ModelProto model, string[] wanted)
    {
        var batch = new List<string>();
        long bytes = 0;
        foreach (string name in wanted)
        {
            long more = Part(model, [name]).Graph.Initializer.Sum(t => ElementTypes.Count(t) * sizeof(float));
            if (batch.Count > 0 && bytes + more > Budget)
            {
                yield return [.. batch];
                batch.Clear();
                bytes = 0;
            }

            batch.Add(name);
            bytes += more; // weights in common count again: an upper bound
        }

        if (batch.Count > 0)
        {
            yield return [.. batch];
        }
    }

    private static ModelProto Part(ModelProto model, IEnumerable<string> outputs)
    {
        var graph = new GraphProto { Name = model.Graph.Name };
        graph.Node.AddRange(model.Graph.Node);
        graph.Initializer.AddRange(model.Graph.Initializer);
        graph.Output.AddRange(outputs.Select(name => new ValueInfoProto { Name = name }));
        GraphCut.Prune(graph);
        var part = new ModelProto { IrVersion = model.IrVersion, Graph = graph };
        part.OpsetImport.AddRange(model.OpsetImport);
        return part;
    }

    private static List<TensorProto> Compute(
        ModelProto model, string[] outputs, IReadOnlyDictionary<string, TensorProto> known, string path)
    {
        ModelProto part = Part(model, outputs);
        TensorProto[] weights = [.. part.Graph.Initializer];
        part.Graph.Initializer.Clear();
        part.Graph.Initializer.AddRange(weights.Select(Loaded));
        part.Graph.Initializer.AddRange(known.Values);
        try
        {
            using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
            using var session = new InferenceSession(part.ToByteArray(), options);
            using var run = new RunOptions();
            using IDisposableReadOnlyCollection<OrtValue> results = session.Run(run, [], [], outputs);
            return [.. outputs.Zip(results, (name, value) => Checked(AsTensor(name, value), path))];
        }
        catch (OnnxRuntimeException cause)
        {
            throw new AttentionModelException(
                path, "a network whose time step and prompt can be computed beforehand", cause.Message.Trim(),
                "Check that the prompt embedding belongs to this U-Net, or take an export from another exporter.", cause);
        }
    }

    private static TensorProto Loaded(TensorProto tensor)
    {
        if (!TensorReference.IsExternal(tensor))
        {
            return tensor;
        }

        if (tensor.DataType is (int)ElementType.Float || Networks.SinglePrecision.IsOtherReal(tensor.DataType))
        {
            return TensorReference.FromFloats(tensor.Name, [.. tensor.Dims], TensorReference.ReadFloats(tensor));
        }

        var loaded = new TensorProto { Name = tensor.Name, DataType = tensor.DataType, RawData = UnsafeByteOperations.UnsafeWrap(TensorReference.ReadBytes(tensor)) };
        loaded.Dims.AddRange(tensor.Dims);
        return loaded;
    }

    private static TensorProto AsTensor(string name, OrtValue value)
    {
        OrtTensorTypeAndShapeInfo info = value.GetTensorTypeAndShape();
        var tensor = new TensorProto
        {
            Name = name,
            DataType = (int)info.ElementDataType,
            RawData = ByteString.CopyFrom(value.GetTensorMutableRawData()),
        };
        tensor.Dims.AddRange(info.Shape);
        return tensor;
    }

    private static TensorProto Checked(TensorProto tensor, string path)
    {
        if (tensor.DataType == (int)ElementType.Float && TensorReference.ReadFloats(tensor).Any(v => !float.IsFinite(v)))
        {
            throw new AttentionModelException(
                path, $"finite numbers in '{tensor.Name}', which follows from the time step and the prompt", "NaN or infinity",
                "The weights or the prompt embedding are damaged: fetch or export them again.");
        }

        return tensor;
    }

    private static void Replace(GraphProto graph, IReadOnlyDictionary<string, TensorProto> known, List<TensorProto> baked)
    {
        HashSet<string> made = [.. baked.Select(t => t.Name)];
        NodeProto[] nodes = [.. graph.Node.Where(n => !n.Output.Any(made.Contains))];
        graph.Node.Clear();
        graph.Node.AddRange(nodes);
        graph.Initializer.AddRange(baked);

        // A known input that is used as it is stays a constant of its own.
        graph.Initializer.AddRange(known.Values.Where(t => graph.Node.Any(n => n.Input.Contains(t.Name))));
        ValueInfoProto[] inputs = [.. graph.Input.Where(i => !known.ContainsKey(i.Name))];
        graph.Input.Clear();
        graph.Input.AddRange(inputs);
        GraphCut.Prune(graph);
    }
}
