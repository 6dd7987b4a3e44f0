using System.Runtime.ExceptionServices;

namespace DiffSeg.MLNet.Scoring;

/// <summary>Rows that go through the model together: where they are kept, their attention, and which of them have none.</summary>
/// <param name="index">Which block it is.</param>
/// <param name="tensors">The attention.</param>
/// <param name="most">Rows at most.</param>
internal sealed class RowBlock(int index, ScoredTensors tensors, int most)
{
    private readonly ExceptionDispatchInfo?[] _problems = new ExceptionDispatchInfo?[most];

    /// <summary>Counts the blocks of all cursors of a set in the order of their rows; null where one cursor has them all.</summary>
    public long? Number { get; set; }

    /// <summary>Rows that are there.</summary>
    public int Count { get; private set; }

    public ScoredTensors Tensors => tensors;

    public bool IsFull => Count == most;

    /// <summary>Where the columns of a row are kept.</summary>
    public int PlaceOf(int row) => (index * most) + row;

    public void Clear() => Count = 0;

    /// <summary>Adds a row, with what went wrong with it.</summary>
    public void Add(Exception? problem) => _problems[Count++] = problem is null ? null : ExceptionDispatchInfo.Capture(problem);

    /// <summary>Whether any row has a picture.</summary>
    public bool IsWorthARun => Array.IndexOf(_problems, null, 0, Count) >= 0;

    /// <summary>What went wrong with all rows; those with a problem of their own keep it.</summary>
    public void Fail(Exception problem)
    {
        var captured = ExceptionDispatchInfo.Capture(problem);
        for (int row = 0; row < Count; row++)
        {
            _problems[row] ??= captured;
        }
    }

    /// <summary>The attention of a row.</summary>
    /// <remarks>Throws what went wrong when the row was read, as often as it is asked.</remarks>
    public ReadOnlySpan<float> Read(int output, int row)
    {
        _problems[row]?.Throw();
        return tensors.Read(output, row);
    }
}
