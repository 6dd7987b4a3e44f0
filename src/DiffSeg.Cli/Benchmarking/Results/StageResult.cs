namespace DiffSeg.Cli.Benchmarking.Results;

/// <summary>One stage of the post-processing, measured.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Bytes">Bytes it must at least read and write: its inputs and its results once.</param>
/// <param name="Operations">Additions and multiplications of its plain form; 0 where bytes are what counts.</param>
/// <param name="ShareOfCopyBandwidth">Those bytes per second, as a share of what this machine copies.</param>
/// <param name="ShareOfProductRate">Those operations per second, as a share of ONNX Runtime's rate in dense products; above 1 when most are saved.</param>
internal sealed record StageResult(
    string Name,
    Samples Milliseconds,
    double Bytes,
    double Operations,
    double ShareOfCopyBandwidth,
    double ShareOfProductRate);
