using Google.Protobuf;

namespace DiffSeg.MLNet.Tests.MlNetRules.Onnx;

/// <summary>
/// Writes an ONNX file of a few nodes: for the tests of what ML.NET makes of a model. Dimensions below 0 are symbolic.
/// </summary>
internal sealed class TinyModel
{
    public const int Float = 1;
    public const int Float16 = 10;
    private const int IrVersion = 8;
    private const int Opset = 17;

    private readonly List<byte[]> _nodes = [];
    private readonly List<byte[]> _inputs = [];
    private readonly List<byte[]> _outputs = [];

    /// <summary>x of this shape; "double" is x + x and "square" x times x.</summary>
    public static TinyModel Arithmetic(params int[] shape) => new TinyModel()
        .Input("x", Float, shape)
        .Node("Add", ["x", "x"], "double").Output("double", Float, shape)
        .Node("Mul", ["x", "x"], "square").Output("square", Float, shape);

    public TinyModel Node(string operation, string[] inputs, string output)
    {
        _nodes.Add(Message(m =>
        {
            foreach (string input in inputs)
            {
                Text(m, 1, input);
            }

            Text(m, 2, output);
            Text(m, 4, operation);
        }));
        return this;
    }

    public TinyModel Input(string name, int type, params int[] shape)
    {
        _inputs.Add(Value(name, type, shape));
        return this;
    }

    public TinyModel Output(string name, int type, params int[] shape)
    {
        _outputs.Add(Value(name, type, shape));
        return this;
    }

    public string Save(string path)
    {
        byte[] graph = Message(m =>
        {
            _nodes.ForEach(n => Nested(m, 1, n));
            Text(m, 2, "tiny");
            _inputs.ForEach(i => Nested(m, 11, i));
            _outputs.ForEach(o => Nested(m, 12, o));
        });
        File.WriteAllBytes(path, Message(m =>
        {
            Number(m, 1, IrVersion);
            Nested(m, 7, graph);
            Nested(m, 8, Message(o => Number(o, 2, Opset)));
        }));
        return path;
    }

    private static byte[] Value(string name, int type, int[] shape) => Message(value =>
    {
        Text(value, 1, name);
        Nested(value, 2, Message(t => Nested(t, 1, Message(tensor =>
        {
            Number(tensor, 1, type);
            Nested(tensor, 2, Message(s => Array.ForEach(shape, d => Nested(s, 1, Message(dimension =>
            {
                if (d >= 0)
                {
                    Number(dimension, 1, d);
                }
                else
                {
                    Text(dimension, 2, $"n{-d}");
                }
            })))));
        }))));
    });

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using var stream = new MemoryStream();
        using (var message = new CodedOutputStream(stream, leaveOpen: true))
        {
            write(message);
        }

        return stream.ToArray();
    }

    private static void Number(CodedOutputStream message, int field, long value)
    {
        message.WriteTag(field, WireFormat.WireType.Varint);
        message.WriteInt64(value);
    }

    private static void Text(CodedOutputStream message, int field, string value)
    {
        message.WriteTag(field, WireFormat.WireType.LengthDelimited);
        message.WriteString(value);
    }

    private static void Nested(CodedOutputStream message, int field, byte[] value)
    {
        message.WriteTag(field, WireFormat.WireType.LengthDelimited);
        message.WriteBytes(ByteString.CopyFrom(value));
    }
}
