using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Mapping;

/// <summary>A cursor over the input rows with the added columns.</summary>
internal sealed class MappedCursor(
    ColumnMapping mapping, DataViewRowCursor input, IEnumerable<DataViewSchema.Column> activeColumns)
    : DataViewRowCursor, ILendingRow
{
    private readonly MappedColumns _columns = new(mapping, input, activeColumns);

    public override DataViewSchema Schema => mapping.OutputSchema;

    public override long Position => input.Position;

    public override long Batch => input.Batch;

    public override bool MoveNext() => input.MoveNext();

    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => _columns.IsActive(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        => _columns.GetterOf<TValue>(column);

    public LoanGetter? Lend(DataViewSchema.Column column) => _columns.Lend(column);

    public PictureSizeGetter? Measure(DataViewSchema.Column picture) => _columns.Measure(picture);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _columns.Dispose();
            input.Dispose();
        }

        base.Dispose(disposing);
    }
}
