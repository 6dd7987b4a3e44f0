using Google.Protobuf;

namespace DiffSeg.Onnx.Format;

/// <summary>
/// Parses a model out of a file, all but the values of its large tensors: of these it notes where they lie. A message
/// that may hold such values is walked field by field; everything else goes to the protobuf library in long runs.
/// </summary>
internal sealed class OnnxModelScanner(WireReader wire)
{
    private const int MaximumDepth = 100; // as the protobuf library's own

    private readonly Dictionary<TensorProto, Range> _left = new(ReferenceEqualityComparer.Instance);

    /// <summary>Bytes of the file, from <paramref name="Offset"/>.</summary>
    public readonly record struct Range(long Offset, long Length);

    /// <summary>The tensors whose values stayed in the file, by identity, each with the place of its values there.</summary>
    public IReadOnlyDictionary<TensorProto, Range> Left => _left;

    /// <exception cref="InvalidDataException">The file is not in protobuf's format.</exception>
    /// <exception cref="InvalidProtocolBufferException">The same, found by the protobuf library.</exception>
    public ModelProto ReadModel()
    {
        var model = new ModelProto();
        ReadInto(model, wire.Length, 0);
        return model;
    }

    private void ReadInto(IMessage message, long end, int depth)
    {
        if (depth > MaximumDepth)
        {
            throw new InvalidDataException("graphs nested too deep");
        }

        long runStart = wire.Position;
        while (wire.Position < end)
        {
            long start = wire.Position;
            var (field, type) = wire.ReadKey();
            if (type != WireFormat.WireType.LengthDelimited)
            {
                wire.Skip(type, end);
                continue;
            }

            long valueEnd = wire.ReadEnd(end);
            bool isLarge = valueEnd - wire.Position > OnnxModelFile.InlineLimit;
            if (isLarge && Child(message, field) is { } child)
            {
                Merge(message, runStart, start);
                ReadInto(child(), valueEnd, depth + 1);
                runStart = valueEnd;
            }
            else if (isLarge && message is TensorProto tensor && IsRaw(field))
            {
                Merge(message, runStart, start);
                Leave(tensor, new Range(wire.Position, valueEnd - wire.Position));
                runStart = valueEnd;
            }

            wire.SkipTo(valueEnd);
        }

        Merge(message, runStart, end);
    }

    private void Merge(IMessage message, long start, long end)
    {
        if (end > start)
        {
            message.MergeFrom(wire.Copy(start, end));
        }
    }

    private void Leave(TensorProto tensor, Range place)
    {
        if (!_left.TryAdd(tensor, place))
        {
            throw new InvalidDataException($"tensor '{tensor.Name}' with its values twice");
        }
    }

    /// <summary>Fields whose bytes on the wire are those of raw_data: packed floats are little-endian floats.</summary>
    private static bool IsRaw(int field) => field
        is TensorProto.RawDataFieldNumber or TensorProto.FloatDataFieldNumber or TensorProto.DoubleDataFieldNumber;

    /// <summary>Adds a message to its parent, for fields in which large tensors may lie; null for the others.</summary>
    private static Func<IMessage>? Child(IMessage parent, int field) => (parent, field) switch
    {
        (ModelProto m, ModelProto.GraphFieldNumber) => () => m.Graph ??= new GraphProto(),
        (ModelProto m, ModelProto.FunctionsFieldNumber) => () => Add(m.Functions),
        (FunctionProto f, FunctionProto.NodeFieldNumber) => () => Add(f.Node),
        (GraphProto g, GraphProto.NodeFieldNumber) => () => Add(g.Node),
        (GraphProto g, GraphProto.InitializerFieldNumber) => () => Add(g.Initializer),
        (NodeProto n, NodeProto.AttributeFieldNumber) => () => Add(n.Attribute),
        (AttributeProto a, AttributeProto.TFieldNumber) => () => a.T ??= new TensorProto(),
        (AttributeProto a, AttributeProto.GFieldNumber) => () => a.G ??= new GraphProto(),
        (AttributeProto a, AttributeProto.TensorsFieldNumber) => () => Add(a.Tensors),
        (AttributeProto a, AttributeProto.GraphsFieldNumber) => () => Add(a.Graphs),
        _ => null,
    };

    private static T Add<T>(ICollection<T> messages)
        where T : new()
    {
        var message = new T();
        messages.Add(message);
        return message;
    }
}
