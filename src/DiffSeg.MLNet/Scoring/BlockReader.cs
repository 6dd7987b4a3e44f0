namespace DiffSeg.MLNet.Scoring;

/// <summary>Fills blocks with rows and has them scored; for one thread at a time.</summary>
/// <param name="mapping">The columns.</param>
/// <param name="rows">The rows.</param>
/// <param name="wanted">Which outputs are asked for.</param>
internal sealed class BlockReader(ScoringMapping mapping, SourceRows rows, bool[] wanted) : IDisposable
{
    private readonly ModelRun _run = new(mapping, rows.Input, mapping.Rows);
    private volatile bool _cancelled;

    public SourceRows Rows => rows;

    /// <summary>Fills a block with the current row and those that follow.</summary>
    /// <remarks>What goes wrong with a row belongs to it, and is told to who reads it.</remarks>
    public void Gather(RowBlock block)
    {
        block.Clear();
        do
        {
            block.Add(Take(block));
        }
        while (!block.IsFull && !_cancelled && rows.MoveWithin());
    }

    /// <summary>Runs the model for a block's rows.</summary>
    public void Score(RowBlock block)
    {
        try
        {
            if (block.IsWorthARun)
            {
                _run.Execute(block.Tensors, wanted, block.Count);
            }
        }
        catch (Exception problem)
        {
            block.Fail(problem);
        }
    }

    /// <summary>Has what another thread does here come to its end soon.</summary>
    public void Cancel()
    {
        _cancelled = true;
        _run.Cancel();
    }

    public void Dispose() => _run.Dispose();

    private Exception? Take(RowBlock block)
    {
        try
        {
            rows.Kept.Keep(block.PlaceOf(block.Count));
            _run.Take(block.Count);
            return null;
        }
        catch (Exception problem)
        {
            _run.Skip(block.Count);
            return problem;
        }
    }
}
