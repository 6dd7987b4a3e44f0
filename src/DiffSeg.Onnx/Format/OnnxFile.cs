namespace DiffSeg.Onnx.Format;

/// <summary>The errors of opening a file that should be ONNX.</summary>
internal static class OnnxFile
{
    /// <summary>What is found in a file that breaks off or is of another format.</summary>
    public const string NotWhole = "bytes that are not a whole ONNX model";

    private const string Expected = "an ONNX model";

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="AttentionModelException">It is a folder.</exception>
    public static void EnsureExists(string path)
    {
        if (Directory.Exists(path))
        {
            throw new AttentionModelException(path, Expected, "a folder", "Give the path of the .onnx file inside it.");
        }

        if (!File.Exists(path))
        {
            throw new FileNotFoundException(
                $"There is no attention model at '{path}' (looked for '{Path.GetFullPath(path)}'). Check the path; "
                + "\"diffseg model list\" says which models can be had, and AttentionModel.Demo needs no file.",
                path);
        }
    }

    /// <summary>The error for a file that is not ONNX.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cause">What reading it ran into; the message of an <see cref="InvalidDataException"/> says what was found.</param>
    public static AttentionModelException NotOnnx(string path, Exception? cause) =>
        FileKind.Guess(path) is { } kind
            ? new(path, Expected, kind.Found, kind.Advice, cause)
            : new(
                path, Expected, cause is InvalidDataException ? cause.Message : NotWhole,
                "The file is damaged, cut short or of another kind: fetch or build it again.", cause);
}
