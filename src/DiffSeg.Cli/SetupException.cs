namespace DiffSeg.Cli;

/// <summary>A run that cannot begin. The message names the argument and says what to do; nothing was written.</summary>
internal sealed class SetupException(string message, Exception? cause = null) : Exception(message, cause);
