using DiffSeg.Cli.Batching.Running;
using DiffSeg.Cli.Batching.Telling;
using DiffSeg.MLNet;

namespace DiffSeg.Cli.Batching.Guarding;

/// <summary>
/// Counts what the machine does wrong. One fault may pass: the image is tried again, and the bytes are those of a machine
/// that is well. An image that always makes the machine fail has failed, if the machine does others (<see cref="MachineProof"/>);
/// one that fails with every image is given up.
/// </summary>
/// <param name="most">Faults in a row that are taken.</param>
/// <param name="meters">Are told.</param>
/// <param name="log">Is told.</param>
internal sealed class FaultCount(int most, BatchMeters meters, BatchLog log)
{
    /// <summary>How often an image is tried.</summary>
    public const int Tries = 3;

    private int _inARow;
    private int _image = -1;
    private int _tries;

    /// <summary>Whether an image failed for the machine's sake.</summary>
    /// <param name="problem">What was thrown.</param>
    public static bool IsOfMachine(Exception problem) => problem is not SegmentationException { Fault: SegmentationFault.Row };

    /// <summary>Whether images have failed, since the last one that was segmented, for what may be the machine's fault.</summary>
    public bool IsDoubted { get; private set; }

    /// <summary>An image was segmented: the machine is well.</summary>
    public void Forget() => (_inARow, _image, _tries, IsDoubted) = (0, -1, 0, false);

    /// <summary>An image failed by itself, it seems; but a machine that does not reach it would say the same.</summary>
    public void Doubt() => IsDoubted = true;

    /// <summary>The machine failed.</summary>
    /// <param name="image">With this image.</param>
    /// <param name="reason">What it said.</param>
    /// <returns>Whether the image is to be tried again.</returns>
    /// <exception cref="TemporaryException">That was once too often.</exception>
    public bool TryAgain(BatchImage image, string reason)
    {
        Doubt();
        _inARow++;
        _tries = image.Index == _image ? _tries + 1 : 1;
        _image = image.Index;
        meters.Fault();
        log.MachineFailed(image.Id, image.Index, _inARow, reason);
        return _inARow >= most
            ? throw new TemporaryException($"the machine failed {_inARow} times in a row, the last time so: {reason}")
            : _tries < Tries;
    }
}
