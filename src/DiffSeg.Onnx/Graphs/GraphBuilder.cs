using System.Buffers.Binary;
using System.Globalization;
using DiffSeg.Onnx.Format;
using Google.Protobuf;

namespace DiffSeg.Onnx.Graphs;

/// <summary>
/// Appends nodes, constants, inputs and outputs to an ONNX graph. Each node gets one output, named after the operator
/// and its place in the graph where no name is given; values are combined through <see cref="Value"/>.
/// </summary>
internal sealed class GraphBuilder(GraphProto graph)
{
    private readonly HashSet<string> _names = NamesIn(graph);

    /// <summary>Declares a float32 input of fixed shape.</summary>
    public Value Input(string name, params ReadOnlySpan<long> shape)
    {
        Claim(name);
        graph.Input.Add(FloatTensor(name, shape));
        return new Value(this, name);
    }

    /// <summary>Declares a value as float32 output of fixed shape.</summary>
    public void Output(Value value, params ReadOnlySpan<long> shape) => graph.Output.Add(FloatTensor(value.Name, shape));

    /// <summary>A constant float32 tensor.</summary>
    public Value Constant(string name, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape) =>
        AddInitializer(name, TensorProto.Types.ElementType.Float, LittleEndian(values), shape);

    /// <summary>A constant float32 scalar, named by its value and made once.</summary>
    public Value Scalar(double value)
    {
        float rounded = (float)value;
        string name = rounded.ToString("R", CultureInfo.InvariantCulture);
        return _names.Contains(name) ? new Value(this, name) : Constant(name, [rounded]);
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

    /// <summary>A constant int64 vector of one index, made once.</summary>
    public Value Index(int index)
    {
        string name = $"[{index.ToString(CultureInfo.InvariantCulture)}]";
        return _names.Contains(name) ? new Value(this, name) : Integers(name, index);
    }

    /// <summary>Appends a standard operator with one output.</summary>
    /// <param name="operation">ONNX operator name.</param>
    /// <param name="inputs">Its inputs in order; null for an optional input left out.</param>
    /// <param name="name">Name of node and output; null for one made from the operator's name.</param>
    /// <param name="attributes">Its attributes.</param>
    public Value Node(
        string operation, ReadOnlySpan<Value?> inputs, string? name = null, params ReadOnlySpan<AttributeProto> attributes)
    {
        name ??= $"{operation}_{graph.Node.Count.ToString(CultureInfo.InvariantCulture)}";
        Claim(name);
        var node = new NodeProto { OpType = operation, Name = name, Output = { name } };
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

    private static HashSet<string> NamesIn(GraphProto graph) =>
    [
        .. graph.Input.Select(i => i.Name),
        .. graph.Initializer.Select(i => i.Name),
        .. graph.Node.SelectMany(n => n.Output),
    ];

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
            dimensions.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = size });
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

    private void Claim(string name)
    {
        if (!_names.Add(name))
        {
            throw new ArgumentException($"The graph already has a value named '{name}'.", nameof(name));
        }
    }
}
