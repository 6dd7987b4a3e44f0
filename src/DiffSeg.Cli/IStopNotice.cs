namespace DiffSeg.Cli;

/// <summary>What a command may want to know of the signal that stops it, besides that it came.</summary>
internal interface IStopNotice
{
    /// <summary>The exit code that names the signal, as shells count it; of Ctrl+C before one came.</summary>
    int Code { get; }

    /// <summary>Has nothing be written when a signal comes: the command says it in its own way.</summary>
    void KeepQuiet();
}
