using Microsoft.ML;

namespace DiffSeg.StandIn;

/// <summary>
/// The rows in an order of chance, another one for each cursor. ML.NET keeps a pool of rows, the stand-in all of them,
/// with the columns that were asked for. Columns that cannot be kept are not in its schema.
/// </summary>
internal sealed class ShuffledDataView(IDataView source, int? seed) : IDataView
{
    private readonly IDataView _source = CachedDataView.OnlyHoldable(source);
    private readonly Random _random = seed is { } value ? new Random(value) : new Random();

    public DataViewSchema Schema => _source.Schema;

    public bool CanShuffle => true;

    public long? GetRowCount() => _source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new CachedDataView(_source).GetRowCursor(columnsNeeded, rand ?? _random);

    public DataViewRowCursor[] GetRowCursorSet(
        IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];
}
