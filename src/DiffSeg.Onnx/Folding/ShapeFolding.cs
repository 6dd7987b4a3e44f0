using System.Runtime.InteropServices;
using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Graphs;
using DiffSeg.Onnx.Weights;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using ElementType = DiffSeg.Onnx.Format.TensorProto.Types.ElementType;

namespace DiffSeg.Onnx.Folding;

/// <summary>
/// Lets ONNX Runtime fold a graph whose input shapes are fixed: the thousands of nodes that compute shapes become
/// constants. The weights are declared as inputs for it, so that none is read and none is changed.
/// </summary>
internal static class ShapeFolding
{
    private const string ProbePrefix = "diffseg/shape_of/";

    /// <summary>Folds a model in place.</summary>
    /// <param name="model">The model; its inputs must have fixed shapes.</param>
    /// <param name="probes">Values whose shapes are wanted.</param>
    /// <param name="path">The file it came from, for messages.</param>
    /// <returns>The shape of each probe.</returns>
    /// <exception cref="AttentionModelException">ONNX Runtime refuses the model, or a shape does not follow from those of the inputs.</exception>
    public static IReadOnlyDictionary<string, long[]> Fold(ModelProto model, IReadOnlyCollection<string> probes, string path)
    {
        ModelProto folded = Optimise(Skeleton(model, probes), path);
        Dictionary<string, long[]> shapes = ShapesIn(folded, probes, path);
        TakeOver(model, folded);
        return shapes;
    }

    /// <summary>Finds shapes; the model stays as it is. Parameters and exceptions as above.</summary>
    public static IReadOnlyDictionary<string, long[]> ShapesOf(ModelProto model, IReadOnlyCollection<string> probes, string path) =>
        ShapesIn(Optimise(Skeleton(model, probes), path), probes, path);

    private static Dictionary<string, long[]> ShapesIn(ModelProto folded, IReadOnlyCollection<string> probes, string path)
    {
        Dictionary<string, TensorProto> constants = folded.Graph.Initializer.ToDictionary(t => t.Name);
        return probes.ToDictionary(p => p, p => ShapeOf(p, constants, path));
    }

    private static ModelProto Skeleton(ModelProto model, IReadOnlyCollection<string> probes)
    {
        ModelProto skeleton = model.Clone();
        GraphProto graph = skeleton.Graph;
        TensorProto[] weights = [.. graph.Initializer.Where(TensorReference.IsExternal)];
        foreach (TensorProto weight in weights)
        {
            graph.Initializer.Remove(weight);
            graph.Input.Add(AsInput(weight));
        }

        foreach (string probe in probes)
        {
            string name = ProbePrefix + probe;
            graph.Node.Add(new NodeProto { OpType = "Shape", Name = name, Input = { probe }, Output = { name } });
            graph.Output.Add(new ValueInfoProto { Name = name });
        }

        return skeleton;
    }

    private static ValueInfoProto AsInput(TensorProto weight)
    {
        // The graph computes in single precision, however the weight is stored.
        int type = SinglePrecisionType(weight.DataType);
        var shape = new TensorShapeProto();
        shape.Dim.AddRange(weight.Dims.Select(d => new TensorShapeProto.Types.Dimension { DimValue = d }));
        return new ValueInfoProto
        {
            Name = weight.Name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = type, Shape = shape } },
        };
    }

    private static int SinglePrecisionType(int type) =>
        Networks.SinglePrecision.IsOtherReal(type) ? (int)ElementType.Float : type;

    private static ModelProto Optimise(ModelProto skeleton, string path)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("diffseg-");
        try
        {
            string folded = System.IO.Path.Combine(folder.FullName, "folded.onnx");
            using (var options = new SessionOptions
            {
                GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_BASIC, // standard operators only
                OptimizedModelFilePath = folded,
                LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, // what matters comes back as an error
            })
            using (new InferenceSession(skeleton.ToByteArray(), options))
            {
            }

            return ModelProto.Parser.ParseFrom(File.ReadAllBytes(folded));
        }
        catch (OnnxRuntimeException cause)
        {
            throw new AttentionModelException(
                path, "a network that ONNX Runtime accepts at this image size", cause.Message.Trim(),
                "Try another size, or an export from another exporter.", cause);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static long[] ShapeOf(string probe, Dictionary<string, TensorProto> constants, string path)
    {
        if (!constants.TryGetValue(ProbePrefix + probe, out TensorProto? shape))
        {
            throw new AttentionModelException(
                path, $"a shape of '{probe}' that follows from the image size", "one that depends on the image's content",
                "Take an export from another exporter.");
        }

        return MemoryMarshal.Cast<byte, long>(TensorReference.ReadBytes(shape).AsSpan()).ToArray();
    }

    /// <summary>The folded nodes with the original weights, inputs and outputs.</summary>
    private static void TakeOver(ModelProto model, ModelProto folded)
    {
        GraphProto graph = model.Graph;
        TensorProto[] weights = [.. graph.Initializer.Where(TensorReference.IsExternal)];
        graph.Node.Clear();
        graph.Node.AddRange(folded.Graph.Node);
        graph.Initializer.Clear();
        graph.Initializer.AddRange(folded.Graph.Initializer.Where(t => !t.Name.StartsWith(ProbePrefix, StringComparison.Ordinal)));
        graph.Initializer.AddRange(weights);

        // ONNX Runtime lists every domain it knows; only those in use are ours to promise.
        HashSet<string> domains = [.. graph.Node.Select(n => n.Domain == "ai.onnx" ? "" : n.Domain), ""];
        model.OpsetImport.Clear();
        model.OpsetImport.AddRange(folded.OpsetImport.Where(o => domains.Contains(o.Domain == "ai.onnx" ? "" : o.Domain)));
        GraphCut.Prune(graph);
    }
}
