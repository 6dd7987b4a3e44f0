using Microsoft.ML;

namespace DiffSeg.MLNet.Mapping;

/// <summary>What a row and a cursor share: which columns are active, and where their getters come from.</summary>
internal sealed class MappedColumns : IDisposable
{
    private readonly ColumnMapping _mapping;
    private readonly DataViewRow _input;
    private readonly RowComputation? _computation;
    private readonly bool[] _active;

    public MappedColumns(ColumnMapping mapping, DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        _mapping = mapping;
        _input = input;
        _active = new bool[mapping.OutputSchema.Count];
        bool computes = false;
        foreach (DataViewSchema.Column column in activeColumns)
        {
            _active[Checked(column).Index] = true;
            computes |= mapping.IsAdded(column);
        }

        // Without an added column the input columns of the computation are not active either.
        _computation = computes ? mapping.Over(input) : null;
    }

    public bool IsActive(DataViewSchema.Column column) => _active[Checked(column).Index];

    public ValueGetter<TValue> GetterOf<TValue>(DataViewSchema.Column column)
    {
        if (!IsActive(column))
        {
            throw new ArgumentOutOfRangeException(
                nameof(column), $"Column '{column.Name}' is not active: it was not among the columns asked for.");
        }

        if (!_mapping.IsAdded(column))
        {
            return _input.GetGetter<TValue>(_mapping.InputSchema[column.Index]);
        }

        Delegate getter = _computation!.GetterOf(column.Index - _mapping.InputSchema.Count);
        return getter as ValueGetter<TValue>
            ?? throw new InvalidOperationException(
                $"Invalid TValue in GetGetter: '{typeof(TValue)}', expected type: '{column.Type.RawType}'.");
    }

    /// <summary>As <see cref="ILendingRow.Lend"/>.</summary>
    public LoanGetter? Lend(DataViewSchema.Column column) => _mapping.IsAdded(column)
        ? _computation?.Lend(column.Index - _mapping.InputSchema.Count)
        : (_input as ILendingRow)?.Lend(_mapping.InputSchema[column.Index]);

    /// <summary>As <see cref="ILendingRow.Measure"/>.</summary>
    public PictureSizeGetter? Measure(DataViewSchema.Column picture) => _mapping.IsAdded(picture)
        ? null
        : (_input as ILendingRow)?.Measure(_mapping.InputSchema[picture.Index]);

    public void Dispose() => _computation?.Dispose();

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
