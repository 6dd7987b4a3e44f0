using System.Runtime.ExceptionServices;
using Microsoft.ML;

namespace DiffSeg.MLNet.Scoring;

/// <summary>
/// The rows of a cursor, for readers that share them out among one another: whoever moves it or reads from it holds
/// <see cref="Gate"/>. A reader that is alone needs no gate.
/// </summary>
/// <param name="input">The cursor; closed with the last reader.</param>
/// <param name="kept">Its columns that are passed through.</param>
/// <param name="readers">How many readers there are.</param>
internal sealed class SourceRows(DataViewRowCursor input, KeptColumns kept, int readers)
{
    private ExceptionDispatchInfo? _failure;
    private bool _ended;
    private int _readers = readers;
    private long _blocks;

    public Lock Gate { get; } = new();

    public DataViewRowCursor Input => input;

    public KeptColumns Kept => kept;

    /// <summary>Counts the blocks that begin, in the order of the rows.</summary>
    public long NextBlock() => _blocks++;

    /// <summary>Moves to the next row, where a block may begin.</summary>
    /// <remarks>What the cursor threw on the way to this row, when it was to go into the block before, is thrown here.</remarks>
    public bool MoveNext()
    {
        ExceptionDispatchInfo? failure = _failure;
        _failure = null;
        failure?.Throw();
        // Not every cursor stays at its end.
        _ended = _ended || !input.MoveNext();
        return !_ended;
    }

    /// <summary>Moves to the next row of a block that has begun.</summary>
    /// <returns>False where the block must end.</returns>
    public bool MoveWithin()
    {
        try
        {
            return MoveNext();
        }
        catch (Exception problem)
        {
            _failure = ExceptionDispatchInfo.Capture(problem);
            return false;
        }
    }

    /// <summary>A reader goes; the last one closes the cursor.</summary>
    public void Leave()
    {
        lock (Gate)
        {
            if (--_readers > 0)
            {
                return;
            }
        }

        input.Dispose();
    }
}
