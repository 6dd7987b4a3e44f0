namespace DiffSeg.Fuzzing;

/// <summary>What fuzzing found; the message names the kind, the case and how to run it again.</summary>
internal sealed class FuzzException(string message, Exception? cause = null) : Exception(message, cause);
