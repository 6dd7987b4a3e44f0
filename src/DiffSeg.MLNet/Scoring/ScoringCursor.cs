using System.Runtime.ExceptionServices;
using DiffSeg.MLNet.Mapping;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Scoring;

/// <summary>
/// A cursor whose rows are decoded and scored on another thread while the reader is still busy with the row before, its
/// mask for example. Reading the attention of a row is what has the next one prepared.
/// </summary>
internal sealed class ScoringCursor : DataViewRowCursor, ILendingRow
{
    private readonly ScoringMapping _mapping;
    private readonly DataViewRowCursor _input;
    private readonly KeptColumns _kept;
    private readonly bool[] _active;
    private readonly bool[] _wanted;
    private readonly ModelRun _run;
    private readonly Place[] _places;
    private readonly RowsAhead<Place> _rows;

    /// <param name="mapping">The columns.</param>
    /// <param name="input">The input's cursor, which becomes this one's.</param>
    /// <param name="columns">The active columns, at least one of them attention.</param>
    /// <param name="kept">The others of them.</param>
    /// <param name="places">For how many rows there is memory: those ahead and the current one.</param>
    public ScoringCursor(
        ScoringMapping mapping, DataViewRowCursor input, DataViewSchema.Column[] columns, KeptColumns kept, int places)
    {
        _mapping = mapping;
        _input = input;
        _kept = kept;
        _active = new bool[mapping.OutputSchema.Count];
        Array.ForEach(columns, column => _active[column.Index] = true);
        _wanted = _active[mapping.InputSchema.Count..];
        _run = new ModelRun(mapping, input);
        _places = [.. Enumerable.Range(0, places).Select(index => new Place(index, new(mapping.Session, mapping.Outputs)))];
        _rows = new RowsAhead<Place>(input.MoveNext, Read, _places);
    }

    public override DataViewSchema Schema => _mapping.OutputSchema;

    public override long Position => _kept.Position(Current());

    public override long Batch => _kept.Batch(Current());

    public override bool MoveNext() => _rows.MoveNext();

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => _kept.Id(Current(), ref id);

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
            : _kept[column.Index]!.Getter(Current);
        return getter as ValueGetter<TValue>
            ?? throw new InvalidOperationException(
                $"Invalid TValue in GetGetter: '{typeof(TValue)}', expected type: '{column.Type.RawType}'.");
    }

    public LoanGetter? Lend(DataViewSchema.Column column)
    {
        int output = Checked(column).Index - _mapping.InputSchema.Count;
        return _mapping.IsAdded(column) && IsColumnActive(column) ? () => Scored().Read(output) : null;
    }

    public PictureSizeGetter? Measure(DataViewSchema.Column picture)
        => _mapping.IsAdded(Checked(picture)) ? null : _kept[picture.Index]?.Sizes(Current);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _run.Cancel();
            _rows.Dispose();
            Array.ForEach(_places, place => place.Tensors.Dispose());
            _run.Dispose();
            _input.Dispose();
        }

        base.Dispose(disposing);
    }

    private ValueGetter<VBuffer<float>> AttentionGetter(int output)
        => (ref VBuffer<float> destination) => Attention.Copy(Scored().Read(output), ref destination);

    private int Current() => _rows.Current?.Index ?? KeptColumn.Live;

    // The attention of the current row; the next ones are worth having too.
    private ScoredTensors Scored()
    {
        if (Position < 0)
        {
            throw new InvalidOperationException("A value was asked for before the first row or after the last one.");
        }

        _rows.ReadOn();
        Place place = _rows.Current!;
        place.Problem?.Throw();
        return place.Tensors;
    }

    // On either thread. What goes wrong belongs to the row, and is told to who reads that row.
    private void Read(Place place)
    {
        place.Problem = null;
        try
        {
            _kept.Keep(place.Index);
            _run.Execute(place.Tensors, _wanted);
        }
        catch (Exception problem)
        {
            place.Problem = ExceptionDispatchInfo.Capture(problem);
        }
    }

    private DataViewSchema.Column Checked(DataViewSchema.Column column)
    {
        if (column.Index >= _active.Length)
        {
            throw new ArgumentOutOfRangeException(
                nameof(column), $"Column '{column.Name}' is not a column of this row's schema.");
        }

        return column;
    }

    /// <summary>A row that is kept: where its columns are, and its attention or why there is none.</summary>
    private sealed record Place(int Index, ScoredTensors Tensors)
    {
        public ExceptionDispatchInfo? Problem { get; set; }
    }
}
