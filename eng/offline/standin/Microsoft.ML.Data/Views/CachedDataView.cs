using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.StandIn;

/// <summary>
/// Keeps the columns that were asked for, so that each is computed once. Columns that cannot be kept, such as images,
/// are not in its schema.
/// </summary>
internal sealed class CachedDataView : IDataView
{
    private readonly Lock _gate = new();
    private readonly IDataView _source;
    private readonly Dictionary<int, ColumnStore> _stores = [];
    private ColumnStore<DataViewRowId>? _ids;

    public CachedDataView(IDataView source) => _source = OnlyHoldable(source);

    public DataViewSchema Schema => _source.Schema;

    public bool CanShuffle => true;

    public long? GetRowCount() => _ids?.Count ?? _source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        Fill(columns);
        int[] order = [.. Enumerable.Range(0, _ids!.Count)];
        rand?.Shuffle(order);
        return new StoredCursor(Schema, columns.ToDictionary(c => c.Index, c => _stores[c.Index]), _ids, order);
    }

    public DataViewRowCursor[] GetRowCursorSet(
        IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    public static IDataView OnlyHoldable(IDataView source)
    {
        int[] kept = [.. source.Schema.Where(c => ColumnStore.CanHold(c.Type)).Select(c => c.Index)];
        return kept.Length == source.Schema.Count
            ? source
            : new MappedDataView(source, new RowMapping(source.Schema, kept));
    }

    private void Fill(DataViewSchema.Column[] columns)
    {
        lock (_gate)
        {
            DataViewSchema.Column[] missing = [.. columns.Where(c => !_stores.ContainsKey(c.Index))];
            if (missing.Length == 0 && _ids is not null)
            {
                return;
            }

            using DataViewRowCursor cursor = _source.GetRowCursor(missing);
            var ids = new ColumnStore<DataViewRowId>(cursor.GetIdGetter());
            ColumnStore[] added = Array.ConvertAll(missing, c => ColumnStore.Over(cursor, cursor.Schema[c.Index]));
            while (cursor.MoveNext())
            {
                ids.Append();
                Array.ForEach(added, store => store.Append());
            }
            _ids ??= ids;
            for (int i = 0; i < missing.Length; i++)
            {
                _stores.Add(missing[i].Index, added[i]);
            }
        }
    }
}
