namespace DiffSeg.Onnx;

/// <summary>
/// A file or folder cannot serve as an attention model, or as part of what one is built from. The message names it, what
/// was looked for, what was found and what to do.
/// </summary>
public sealed class AttentionModelException : IOException
{
    /// <summary>Makes the error.</summary>
    /// <param name="modelPath">The file.</param>
    /// <param name="expected">What was looked for, as the end of "Looked for ...".</param>
    /// <param name="found">What was found instead, as the end of "found ...".</param>
    /// <param name="advice">What to do: a whole sentence.</param>
    /// <param name="innerException">The cause, when there is one.</param>
    public AttentionModelException(
        string modelPath, string expected, string found, string advice, Exception? innerException = null)
        : base($"'{modelPath}' cannot be used. Looked for {expected}; found {found}. {advice}", innerException)
    {
        ModelPath = modelPath;
        Expected = expected;
        Found = found;
        Advice = advice;
    }

    /// <summary>The file that was read or written.</summary>
    public string ModelPath { get; }

    /// <summary>What was looked for.</summary>
    public string Expected { get; }

    /// <summary>What was found instead.</summary>
    public string Found { get; }

    /// <summary>What to do.</summary>
    public string Advice { get; }
}
