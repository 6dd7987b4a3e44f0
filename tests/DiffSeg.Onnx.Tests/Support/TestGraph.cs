using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Graphs;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;

namespace DiffSeg.Onnx.Tests.Support;

/// <summary>A small graph under construction that the real ONNX Runtime runs.</summary>
internal sealed class TestGraph
{
    private readonly Dictionary<string, (float[] Values, long[] Shape)> _inputs = [];
    private readonly Random _random = new(7);
    private readonly long _operatorSet;

    public TestGraph(long operatorSet = 17)
    {
        _operatorSet = operatorSet;
        Builder = new GraphBuilder(Graph, operatorSet);
    }

    public GraphProto Graph { get; } = new() { Name = "test" };

    public GraphBuilder Builder { get; }

    /// <summary>An input with random values in [-1, 1].</summary>
    public Value Input(string name, params long[] shape) => Input(name, Random(shape), shape);

    /// <summary>An input with given values.</summary>
    public Value Input(string name, float[] values, params long[] shape)
    {
        _inputs[name] = (values, shape);
        return Builder.Input(name, shape);
    }

    /// <summary>A constant with random values in [-1, 1].</summary>
    public Value Weight(string name, params long[] shape) => Builder.Constant(name, Random(shape), shape);

    public float[] ValuesOf(string input) => _inputs[input].Values;

    public void Set(string input, float[] values) => values.CopyTo(_inputs[input].Values, 0);

    /// <summary>Appends a node of any domain, with the outputs named.</summary>
    public NodeProto Node(string domain, string operation, string[] inputs, string[] outputs, params AttributeProto[] attributes)
    {
        var node = new NodeProto { Domain = domain, OpType = operation, Name = $"the {operation}" };
        node.Input.AddRange(inputs);
        node.Output.AddRange(outputs);
        node.Attribute.AddRange(attributes);
        Graph.Node.Add(node);
        return node;
    }

    public void Output(string name) => Graph.Output.Add(new ValueInfoProto { Name = name });

    public ModelProto Model() => new()
    {
        IrVersion = _operatorSet >= 23 ? 11 : 8,
        Graph = Graph,
        OpsetImport =
        {
            new OperatorSetProto { Domain = "", Version = _operatorSet },
            new OperatorSetProto { Domain = "com.microsoft", Version = 1 },
        },
    };

    /// <summary>The values of the outputs.</summary>
    public float[][] Run() => Run(Model());

    /// <summary>The values of the outputs of a model with this graph's inputs.</summary>
    public float[][] Run(ModelProto model)
    {
        // Errors only: ONNX Runtime warns of every input that may be left out.
        using var quiet = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        using var session = new InferenceSession(model.ToByteArray(), quiet);
        string[] names = [.. session.InputNames.Where(_inputs.ContainsKey)];
        OrtValue[] values = [.. names.Select(n => OrtValue.CreateTensorValueFromMemory(_inputs[n].Values, _inputs[n].Shape))];
        using var options = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(options, names, values, session.OutputNames);
        return [.. results.Select(r => r.GetTensorDataAsSpan<float>().ToArray())];
    }

    private float[] Random(long[] shape)
    {
        var values = new float[shape.Aggregate(1L, (a, b) => a * b)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (_random.NextSingle() * 2) - 1;
        }

        return values;
    }
}
