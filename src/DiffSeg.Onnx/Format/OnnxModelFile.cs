using DiffSeg.Onnx.Weights;
using Google.Protobuf;

namespace DiffSeg.Onnx.Format;

/// <summary>An ONNX file of any size, read without its weights.</summary>
internal static class OnnxModelFile
{
    /// <summary>Tensors of up to so many bytes are held in memory.</summary>
    public const int InlineLimit = 1024;

    /// <summary>
    /// Reads a model, with values of tensors normalised. In every graph, function and attribute a tensor then has its
    /// values in raw_data, where they are at most <see cref="InlineLimit"/> bytes, or is a reference (see
    /// <see cref="TensorReference"/>) with full path, offset and length, checked against file and shape; also to the
    /// .onnx file itself. Strings stay as they are. Large tensors whose numbers are coded one by one (int32_data,
    /// int64_data, uint64_data) cannot be referred to: they are decoded and held in raw_data. Constant nodes of the
    /// main graph become initialisers.
    /// </summary>
    /// <param name="path">Path of the .onnx file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="AttentionModelException">
    /// It is not an ONNX model or not a whole one, or a file of external data is missing, too short, or outside the
    /// model's folder.
    /// </exception>
    public static ModelProto Read(string path)
    {
        path = Path.GetFullPath(path);
        return Scan(path, (model, left) =>
        {
            Settle(path, left, Tensors.In(model));
            ConstantNodes.Hoist(model.Graph);
            return model;
        });
    }

    /// <summary>
    /// Checks that the values of every tensor are there, as many as its shape asks for: ONNX Runtime reserves memory by the shape
    /// before it looks. Tensors of types that are not known here are passed over.
    /// </summary>
    /// <param name="path">Full path of the .onnx file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="AttentionModelException">As for <see cref="Read"/>.</exception>
    public static void CheckTensors(string path) => Scan(path, (model, left) =>
    {
        Settle(path, left, Tensors.In(model).Where(tensor => ElementTypes.IsKnown(tensor.DataType)));
        return model;
    });

    private static ModelProto Scan(string path, Func<ModelProto, IReadOnlyDictionary<TensorProto, OnnxModelScanner.Range>, ModelProto> finish)
    {
        OnnxFile.EnsureExists(path);
        try
        {
            using var wire = new WireReader(File.OpenHandle(path));
            var scanner = new OnnxModelScanner(wire);
            ModelProto model = scanner.ReadModel();

            // Nearly any bytes are some protobuf message; these three every ONNX model has.
            return model.IrVersion > 0 && model.Graph is not null && model.OpsetImport.Count > 0
                ? finish(model, scanner.Left)
                : throw OnnxFile.NotOnnx(path, null);
        }
        catch (Exception cause) when (cause is InvalidProtocolBufferException or InvalidDataException)
        {
            throw OnnxFile.NotOnnx(path, cause);
        }
    }

    private static void Settle(string path, IReadOnlyDictionary<TensorProto, OnnxModelScanner.Range> left, IEnumerable<TensorProto> tensors)
    {
        var settling = new TensorSettling(path, left);
        foreach (TensorProto tensor in tensors)
        {
            settling.Settle(tensor);
        }
    }
}
