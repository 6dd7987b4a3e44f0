using Google.Protobuf;

namespace DiffSeg.Onnx.Format;

/// <summary>Reads what an ONNX file declares, passing over its nodes and weights.</summary>
internal static class OnnxHeaderReader
{
    private const int ReadAhead = 1 << 20; // weights are passed over by reading them: few large reads, not many small ones

    private static readonly MessageParser<ModelHeader> Parser = ModelHeader.Parser.WithDiscardUnknownFields(true);

    /// <summary>Reads the header of the file at a full path.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="AttentionModelException">It is a folder or not ONNX.</exception>
    public static ModelHeader Read(string path)
    {
        OnnxFile.EnsureExists(path);
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, ReadAhead, FileOptions.SequentialScan);
            ModelHeader header = Parser.ParseFrom(stream);

            // Nearly any bytes are some protobuf message; these three every ONNX model has.
            if (header.IrVersion > 0 && header.Graph is not null && header.OpsetImport.Count > 0)
            {
                return header;
            }

            throw OnnxFile.NotOnnx(path, null);
        }
        catch (InvalidProtocolBufferException cause)
        {
            throw OnnxFile.NotOnnx(path, cause);
        }
    }
}
