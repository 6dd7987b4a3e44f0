namespace DiffSeg.MLNet.Scoring;

/// <summary>
/// The blocks of one cursor of a set. Each takes the next rows when it moves on: whoever is faster takes more, and one that
/// is walked alone takes all. A block is scored on the thread of who reads its attention, beside the masks of the others.
/// </summary>
internal sealed class SharedBlocks(BlockReader reader, RowBlock block) : IBlocks
{
    private readonly SourceRows _rows = reader.Rows;
    private bool _scored;
    private bool _closed;

    public RowBlock? Current { get; private set; }

    // Others move it.
    public bool SourceIsCurrent => false;

    public bool MoveNext()
    {
        Current = null;
        _scored = false;
        lock (_rows.Gate)
        {
            if (_closed || !_rows.MoveNext())
            {
                return false;
            }

            block.Number = _rows.NextBlock();
            reader.Gather(block);
        }

        Current = block;
        return true;
    }

    public void Score()
    {
        if (!_scored)
        {
            reader.Score(block);
            _scored = true;
        }
    }

    public void Dispose()
    {
        _closed = true;
        block.Tensors.Dispose();
        reader.Dispose();
        _rows.Leave();
    }
}
