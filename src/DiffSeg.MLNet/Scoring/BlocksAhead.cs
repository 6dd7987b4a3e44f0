namespace DiffSeg.MLNet.Scoring;

/// <summary>Blocks for one cursor, read and scored on another thread while the cursor is at the one before.</summary>
internal sealed class BlocksAhead : IBlocks
{
    private readonly BlockReader _reader;
    private readonly RowBlock[] _blocks;
    private readonly RowsAhead<RowBlock> _ahead;

    public BlocksAhead(BlockReader reader, RowBlock[] blocks)
    {
        _reader = reader;
        _blocks = blocks;
        _ahead = new RowsAhead<RowBlock>(reader.Rows.MoveNext, Read, blocks);
    }

    public RowBlock? Current => _ahead.Current;

    // A row whose attention nobody reads is not scored, nor is anything read ahead of it.
    public bool SourceIsCurrent => true;

    public bool MoveNext() => _ahead.MoveNext();

    public void Score() => _ahead.ReadOn();

    public void Dispose()
    {
        _reader.Cancel();
        _ahead.Dispose();
        Array.ForEach(_blocks, block => block.Tensors.Dispose());
        _reader.Dispose();
        _reader.Rows.Leave();
    }

    private void Read(RowBlock block)
    {
        _reader.Gather(block);
        _reader.Score(block);
    }
}
