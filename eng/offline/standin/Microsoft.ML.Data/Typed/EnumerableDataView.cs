using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.StandIn;

internal static class EnumerableDataView
{
    public const string NoRow = "Values cannot be fetched at this time. This method was called either before the " +
        "first call to MoveNext, or at any point after MoveNext returned false.";
}

/// <summary>Objects as rows. Each cursor enumerates them anew.</summary>
internal sealed class EnumerableDataView<TRow>(IEnumerable<TRow> rows, MemberColumn[] columns) : IDataView
    where TRow : class
{
    public DataViewSchema Schema { get; } = MemberColumn.SchemaOf(columns);

    public bool CanShuffle => false;

    public long? GetRowCount() => (rows as ICollection<TRow>)?.Count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(this, columnsNeeded);

    public DataViewRowCursor[] GetRowCursorSet(
        IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor : DataViewRowCursor
    {
        private readonly IEnumerator<TRow> _rows;
        private readonly Delegate?[] _getters;
        private TRow? _current;
        private long _position = -1;

        public Cursor(EnumerableDataView<TRow> parent, IEnumerable<DataViewSchema.Column> active)
        {
            Schema = parent.Schema;
            _rows = parent.Rows.GetEnumerator();
            _getters = new Delegate?[Schema.Count];
            foreach (DataViewSchema.Column column in active)
            {
                _getters[column.Index] = MemberGetter.Make(parent.Columns[column.Index], Current);
            }
        }

        public override DataViewSchema Schema { get; }

        public override long Position => _position;

        public override long Batch => 0;

        public override bool MoveNext()
        {
            bool more = _rows.MoveNext();
            _current = more ? _rows.Current : null;
            _position = more ? _position + 1 : -1;
            Guard.State(!more || _current is not null,
                "Encountered null when iterating over data, this is not supported.");
            return more;
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) =>
        {
            Current();
            id = new DataViewRowId((ulong)Position, 0);
        };

        public override bool IsColumnActive(DataViewSchema.Column column) => _getters[column.Index] is not null;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            Guard.Argument(IsColumnActive(column), nameof(column), "requested column not active");
            return Guard.Typed<TValue>(_getters[column.Index]!);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _rows.Dispose();
            }

            base.Dispose(disposing);
        }

        private TRow Current() => _current ?? throw new InvalidOperationException(EnumerableDataView.NoRow);
    }

    private IEnumerable<TRow> Rows => rows;

    private MemberColumn[] Columns => columns;
}
