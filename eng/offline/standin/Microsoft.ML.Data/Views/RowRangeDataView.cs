using Microsoft.ML;

namespace DiffSeg.StandIn;

/// <summary>Some rows of a view: a number of them left out, a number of them taken.</summary>
internal sealed class RowRangeDataView(IDataView source, long skip, long take) : IDataView
{
    public DataViewSchema Schema => source.Schema;

    public bool CanShuffle => false;

    public long? GetRowCount() =>
        source.GetRowCount() is { } count ? Math.Min(Math.Max(0, count - skip), take) : null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        return new Cursor(source.GetRowCursor(columns), columns, skip, take);
    }

    public DataViewRowCursor[] GetRowCursorSet(
        IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(DataViewRowCursor input, DataViewSchema.Column[] active, long skip, long take)
        : WrappingCursor(input, input.Schema, active)
    {
        private long _skipped;
        private long _taken;
        private bool _ended;

        public override long Position => _ended ? -1 : _taken - 1;

        public override bool MoveNext()
        {
            for (; _skipped < skip; _skipped++)
            {
                if (!Input.MoveNext())
                {
                    return End();
                }
            }
            // A row beyond the last one is not even asked for.
            if (_ended || _taken >= take || !Input.MoveNext())
            {
                return End();
            }

            _taken++;
            return true;
        }

        private bool End()
        {
            _ended = true;
            return false;
        }
    }
}
