using Google.Protobuf;

namespace DiffSeg.Cli.Benchmarking.Products;

/// <summary>An ONNX model of one or more matrix products: inputs l0, r0, l1, r1, ..., outputs p0, p1, ...</summary>
/// <remarks>
/// Field numbers are those of onnx.proto: ModelProto (ir_version 1, graph 7, opset_import 8), GraphProto (node 1, name 2,
/// input 11, output 12), NodeProto (input 1, output 2, op_type 4), ValueInfoProto (name 1, type 2), TypeProto (tensor_type 1:
/// elem_type 1, shape 2: dim 1: dim_value 1), OperatorSetIdProto (version 2).
/// </remarks>
internal static class ProductModel
{
    private const long IrVersion = 8;
    private const long OperatorSet = 17;
    private const long Float = 1;

    /// <summary>Makes the model.</summary>
    /// <param name="products">The shapes of the products.</param>
    /// <returns>The bytes of the file.</returns>
    public static byte[] Of(IReadOnlyList<Product> products) => Message(model =>
    {
        Integer(model, 1, IrVersion);
        Nested(model, 7, graph => Graph(graph, products));
        Nested(model, 8, operators => Integer(operators, 2, OperatorSet));
    });

    private static void Graph(CodedOutputStream graph, IReadOnlyList<Product> products)
    {
        for (int i = 0; i < products.Count; i++)
        {
            (string left, string right, string result) = ($"l{i}", $"r{i}", $"p{i}");
            Nested(graph, 1, node =>
            {
                Text(node, 1, left);
                Text(node, 1, right);
                Text(node, 2, result);
                Text(node, 4, "MatMul");
            });
            Product product = products[i];
            Nested(graph, 11, value => Matrix(value, left, product.Rows, product.Inner));
            Nested(graph, 11, value => Matrix(value, right, product.Inner, product.Columns));
            Nested(graph, 12, value => Matrix(value, result, product.Rows, product.Columns));
        }

        Text(graph, 2, "products");
    }

    private static void Matrix(CodedOutputStream value, string name, int rows, int columns)
    {
        Text(value, 1, name);
        Nested(value, 2, type => Nested(type, 1, tensor =>
        {
            Integer(tensor, 1, Float);
            Nested(tensor, 2, shape =>
            {
                Nested(shape, 1, dimension => Integer(dimension, 1, rows));
                Nested(shape, 1, dimension => Integer(dimension, 1, columns));
            });
        }));
    }

    private static void Integer(CodedOutputStream message, int field, long value)
    {
        message.WriteTag(field, WireFormat.WireType.Varint);
        message.WriteInt64(value);
    }

    private static void Text(CodedOutputStream message, int field, string value)
    {
        message.WriteTag(field, WireFormat.WireType.LengthDelimited);
        message.WriteString(value);
    }

    private static void Nested(CodedOutputStream message, int field, Action<CodedOutputStream> write)
    {
        message.WriteTag(field, WireFormat.WireType.LengthDelimited);
        message.WriteBytes(ByteString.CopyFrom(Message(write)));
    }

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using var bytes = new MemoryStream();
        using (var stream = new CodedOutputStream(bytes, leaveOpen: true))
        {
            write(stream);
        }

        return bytes.ToArray();
    }
}
