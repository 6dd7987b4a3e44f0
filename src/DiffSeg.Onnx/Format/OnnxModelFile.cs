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
        OnnxFile.EnsureExists(path);
        try
        {
            using var wire = new WireReader(File.OpenHandle(path));
            var scanner = new OnnxModelScanner(wire);
            ModelProto model = scanner.ReadModel();

            // Nearly any bytes are some protobuf message; these three every ONNX model has.
            if (model.IrVersion <= 0 || model.Graph is null || model.OpsetImport.Count == 0)
            {
                throw OnnxFile.NotOnnx(path, null);
            }

            var settling = new TensorSettling(path, scanner.Left);
            foreach (TensorProto tensor in Tensors.In(model))
            {
                settling.Settle(tensor);
            }

            ConstantNodes.Hoist(model.Graph);
            return model;
        }
        catch (Exception cause) when (cause is InvalidProtocolBufferException or InvalidDataException)
        {
            throw OnnxFile.NotOnnx(path, cause);
        }
    }
}
