using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Mapping;

/// <summary>An input row with the added columns; what PredictionEngine reads from.</summary>
internal sealed class MappedRow(
    ColumnMapping mapping, DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    : DataViewRow, ILendingRow
{
    private readonly MappedColumns _columns = new(mapping, input, activeColumns);

    public override DataViewSchema Schema => mapping.OutputSchema;

    public override long Position => input.Position;

    public override long Batch => input.Batch;

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
