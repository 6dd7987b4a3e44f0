using Google.Protobuf;

namespace DiffSeg.Onnx.Format;

/// <summary>Reads what an ONNX file declares, passing over its nodes and weights.</summary>
internal static class OnnxHeaderReader
{
    private const string Expected = "an ONNX model";
    private const int ReadAhead = 1 << 20; // weights are passed over by reading them: few large reads, not many small ones

    private static readonly MessageParser<ModelHeader> Parser = ModelHeader.Parser.WithDiscardUnknownFields(true);

    /// <summary>Reads the header of the file at a full path.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="AttentionModelException">It is a folder or not ONNX.</exception>
    public static ModelHeader Read(string path)
    {
        if (Directory.Exists(path))
        {
            throw new AttentionModelException(path, Expected, "a folder", "Give the path of the .onnx file inside it.");
        }

        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no attention model at '{path}'. Check the path.", path);
        }

        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, ReadAhead, FileOptions.SequentialScan);
            ModelHeader header = Parser.ParseFrom(stream);

            // Nearly any bytes are some protobuf message; these three every ONNX model has.
            if (header.IrVersion > 0 && header.Graph is not null && header.OpsetImport.Count > 0)
            {
                return header;
            }

            throw NotOnnx(path, null);
        }
        catch (InvalidProtocolBufferException cause)
        {
            throw NotOnnx(path, cause);
        }
    }

    private static AttentionModelException NotOnnx(string path, InvalidProtocolBufferException? cause) =>
        FileKind.Guess(path) is { } kind
            ? new(path, Expected, kind.Found, kind.Advice, cause)
            : new(
                path, Expected, "bytes that are not a whole ONNX model",
                "The file is damaged, cut short or of another kind: fetch or build it again.", cause);
}
