using DiffSeg.MLNet.Mapping;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Scoring;

/// <summary>
/// A cursor whose rows go through the model a block at a time. Reading the attention of a row is what has its block scored.
/// </summary>
internal sealed class ScoringCursor : DataViewRowCursor, ILendingRow
{
    private readonly ScoringMapping _mapping;
    private readonly KeptColumns _kept;
    private readonly IBlocks _blocks;
    private readonly bool[] _active;
    private long _position = -1;
    private long _walked;
    private bool _closed;
    private int _row;

    /// <param name="mapping">The columns.</param>
    /// <param name="kept">Those passed through, with places for all rows of all blocks.</param>
    /// <param name="columns">The active columns, at least one of them attention.</param>
    /// <param name="blocks">The rows, which become this cursor's.</param>
    public ScoringCursor(ScoringMapping mapping, KeptColumns kept, DataViewSchema.Column[] columns, IBlocks blocks)
    {
        _mapping = mapping;
        _kept = kept;
        _blocks = blocks;
        _active = new bool[mapping.OutputSchema.Count];
        Array.ForEach(columns, column => _active[column.Index] = true);
    }

    public override DataViewSchema Schema => _mapping.OutputSchema;

    public override long Position => _position;

    // The order of the rows of a set is that of their batches.
    public override long Batch => _blocks switch
    {
        { Current: { } block } => block.Number ?? _kept.Batch(block.PlaceOf(_row)),
        { SourceIsCurrent: true } => _kept.Batch(KeptColumn.Live),
        _ => -1,
    };

    public override bool MoveNext()
    {
        if (_blocks.Current is { } block && _row + 1 < block.Count)
        {
            _row++;
        }
        else
        {
            // There is no row should this throw.
            _row = 0;
            _position = -1;
            if (!_blocks.MoveNext())
            {
                return false;
            }
        }

        _position = _walked++;
        return true;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => _kept.Id(Place(), ref id);

    public override bool IsColumnActive(DataViewSchema.Column column) => _active[Checked(column).Index];

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsColumnActive(column))
        {
            throw new ArgumentOutOfRangeException(
                nameof(column), $"Column '{column.Name}' is not active: it was not among the columns asked for.");
        }

        Delegate getter = _mapping.IsAdded(column)
            ? AttentionGetter(column.Index - _mapping.InputSchema.Count)
            : _kept[column.Index]!.Getter(Place);
        return getter as ValueGetter<TValue>
            ?? throw new InvalidOperationException(
                $"Invalid TValue in GetGetter: '{typeof(TValue)}', expected type: '{column.Type.RawType}'.");
    }

    public LoanGetter? Lend(DataViewSchema.Column column)
    {
        int output = Checked(column).Index - _mapping.InputSchema.Count;
        return _mapping.IsAdded(column) && IsColumnActive(column) ? () => Scored(output) : null;
    }

    public PictureSizeGetter? Measure(DataViewSchema.Column picture)
        => _mapping.IsAdded(Checked(picture)) ? null : _kept[picture.Index]?.Sizes(Place);

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_closed)
        {
            _closed = true;
            _blocks.Dispose();
        }

        base.Dispose(disposing);
    }

    private ValueGetter<VBuffer<float>> AttentionGetter(int output)
        => (ref VBuffer<float> destination) => Attention.Copy(Scored(output), ref destination);

    // Where the current row's columns are kept.
    private int Place() => _blocks.Current?.PlaceOf(_row) ?? (_blocks.SourceIsCurrent ? KeptColumn.Live : throw NoRow());

    private ReadOnlySpan<float> Scored(int output)
    {
        if (_position < 0)
        {
            throw NoRow();
        }

        _blocks.Score();
        return _blocks.Current!.Read(output, _row);
    }

    private static InvalidOperationException NoRow()
        => new("A value was asked for before the first row or after the last one.");

    private DataViewSchema.Column Checked(DataViewSchema.Column column)
    {
        if (column.Index >= _active.Length)
        {
            throw new ArgumentOutOfRangeException(
                nameof(column), $"Column '{column.Name}' is not a column of this row's schema.");
        }

        return column;
    }
}
