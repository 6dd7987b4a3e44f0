using System.Buffers.Binary;
using System.Globalization;
using DiffSeg.Onnx.Format;
using Google.Protobuf;

namespace DiffSeg.Onnx.Graphs;

/// <summary>
/// Appends nodes, constants, inputs and outputs to an ONNX graph. Each node gets one output, named after the operator
/// and its place in the graph where no name is given; values are combined through <see cref="Value"/>.
/// </summary>
/// <param name="graph">The graph, empty or not.</param>
/// <param name="operatorSet">Version of the standard operators that it is written in: some changed their form.</param>
internal sealed class GraphBuilder(GraphProto graph, long operatorSet = 17)
{
    private readonly HashSet<string> _names = GraphNames.In(graph);
    private readonly HashSet<string> _nodeNames = [.. graph.Node.Select(n => n.Name)];
    private readonly Dictionary<string, Value> _constants = [];

    /// <summary>Version of the standard operators.</summary>
    public long OperatorSet => operatorSet;

    /// <summary>A value that the graph has already.</summary>
    public Value this[string name] => new(this, name);

    /// <summary>The size of a dimension that is left free: the number of pictures in a run.</summary>
    public const long Free = -1;

    /// <summary>Declares a float32 input of fixed shape, but for sizes that are <see cref="Free"/>.</summary>
    public Value Input(string name, params ReadOnlySpan<long> shape)
    {
        Claim(name);
        graph.Input.Add(FloatTensor(name, shape));
        return new Value(this, name);
    }

    /// <summary>
    /// Declares a float32 [1] input that may be left out: an initialiser of the same name is its value then. Needs version 4
    /// of the file format, from which on initialisers that are inputs too can be overridden.
    /// </summary>
    public Value OptionalInput(string name, float value)
    {
        graph.Input.Add(FloatTensor(name, [1]));
        return Constant(name, [value], 1);
    }

    /// <summary>Declares a value as float32 output of fixed shape, but for sizes that are <see cref="Free"/>.</summary>
    public void Output(Value value, params ReadOnlySpan<long> shape) => graph.Output.Add(FloatTensor(value.Name, shape));

    /// <summary>A constant float32 tensor.</summary>
    public Value Constant(string name, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape) =>
        AddInitializer(name, TensorProto.Types.ElementType.Float, LittleEndian(values), shape);

    /// <summary>A constant float32 scalar, named by its value and made once.</summary>
    public Value Scalar(double value)
    {
        float rounded = (float)value;
        string text = rounded.ToString("R", CultureInfo.InvariantCulture);
        return Once(text, name => Constant(name, [rounded]));
    }

    /// <summary>A constant int64 scalar.</summary>
    public Value Integer(long value)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return Once($"{value.ToString(CultureInfo.InvariantCulture)}l", name => AddInitializer(name, TensorProto.Types.ElementType.Int64, bytes, []));
    }

    /// <summary>A constant float32 tensor, made once.</summary>
    public Value Once(string text, float[] values, params long[] shape) => Once(text, name => Constant(name, values, shape));

    /// <summary>A constant float32 vector of one number, made once.</summary>
    public Value Filled(float value, int count)
    {
        float[] values = new float[count];
        Array.Fill(values, value);
        return Once(string.Create(CultureInfo.InvariantCulture, $"{count} x {value}"), name => Constant(name, values, count));
    }

    /// <summary>A constant int64 vector: axes, shapes, pads.</summary>
    public Value Integers(string name, params ReadOnlySpan<long> values)
    {
        var bytes = new byte[values.Length * sizeof(long)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), values[i]);
        }

        return AddInitializer(name, TensorProto.Types.ElementType.Int64, bytes, [values.Length]);
    }

    /// <summary>A constant int64 vector, named by its values and made once.</summary>
    public Value Integers(ReadOnlySpan<long> values)
    {
        long[] copy = values.ToArray();
        return Once($"[{string.Join(", ", copy)}]", name => Integers(name, copy));
    }

    /// <summary>A constant int64 vector of one index, made once.</summary>
    public Value Index(int index) => Integers([index]);

    /// <summary>Appends a standard operator with one output.</summary>
    /// <param name="operation">ONNX operator name.</param>
    /// <param name="inputs">Its inputs in order; null for an optional input left out.</param>
    /// <param name="name">Name of node and output; null for one made from the operator's name.</param>
    /// <param name="attributes">Its attributes.</param>
    public Value Node(
        string operation, ReadOnlySpan<Value?> inputs, string? name = null, params ReadOnlySpan<AttributeProto> attributes)
    {
        name ??= Unused($"{operation}_{graph.Node.Count.ToString(CultureInfo.InvariantCulture)}");
        Claim(name);
        var node = new NodeProto { OpType = operation, Name = _nodeNames.Add(name) ? name : "", Output = { name } }; // nodes need no name, but no two may share one
        foreach (Value? input in inputs)
        {
            node.Input.Add(input?.Name ?? "");
        }

        foreach (AttributeProto attribute in attributes)
        {
            node.Attribute.Add(attribute);
        }

        graph.Node.Add(node);
        return new Value(this, name);
    }

    // By its value, not by its name: in a graph that somebody else wrote, "5" may be anything.
    private Value Once(string text, Func<string, Value> make)
    {
        if (!_constants.TryGetValue(text, out Value constant))
        {
            _constants[text] = constant = make(Unused(text));
        }

        return constant;
    }

    /// <summary>The name itself, or with a number behind it where it is taken.</summary>
    private string Unused(string name)
    {
        string unused = name;
        for (int i = 1; _names.Contains(unused); i++)
        {
            unused = $"{name}_{i.ToString(CultureInfo.InvariantCulture)}";
        }

        return unused;
    }

    private static byte[] LittleEndian(ReadOnlySpan<float> values)
    {
        var bytes = new byte[values.Length * sizeof(float)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        }

        return bytes;
    }

    private static ValueInfoProto FloatTensor(string name, ReadOnlySpan<long> shape)
    {
        var dimensions = new TensorShapeProto();
        foreach (long size in shape)
        {
            dimensions.Dim.Add(size == Free ? new PicturesPerRun(null).Dimension : new TensorShapeProto.Types.Dimension { DimValue = size });
        }

        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto
            {
                TensorType = new TypeProto.Types.Tensor
                {
                    ElemType = (int)TensorProto.Types.ElementType.Float,
                    Shape = dimensions,
                },
            },
        };
    }

    private Value AddInitializer(
        string name, TensorProto.Types.ElementType type, byte[] littleEndian, ReadOnlySpan<long> shape)
    {
        Claim(name);
        var tensor = new TensorProto
        {
            Name = name,
            DataType = (int)type,
            RawData = UnsafeByteOperations.UnsafeWrap(littleEndian),
        };
        foreach (long size in shape)
        {
            tensor.Dims.Add(size);
        }

        graph.Initializer.Add(tensor);
        return new Value(this, name);
    }

    /// <summary>Takes over a node as it is.</summary>
    public void Add(NodeProto node) => graph.Node.Add(node);

    /// <summary>Frees the name of a value whose maker is about to be replaced.</summary>
    public void Release(string name) => _names.Remove(name);

    private void Claim(string name)
    {
        if (!_names.Add(name))
        {
            throw new ArgumentException($"The graph already has a value named '{name}'.", nameof(name));
        }
    }
}
