using Microsoft.ML;

namespace DiffSeg.StandIn;

/// <summary>
/// A row over another row, as a prediction engine uses it. It does not own the input row, and what was not asked for
/// of the input row stays as active or inactive as it is there.
/// </summary>
internal sealed class MappedRow(RowMapping mapping, DataViewRow input, Delegate?[] getters, Action? disposer)
    : DataViewRow
{
    public override long Position => input.Position;

    public override long Batch => input.Batch;

    public override DataViewSchema Schema => mapping.OutputSchema;

    public override ValueGetter<Microsoft.ML.Data.DataViewRowId> GetIdGetter() => input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column)
    {
        int source = mapping.SourceOf(column);
        return source >= 0 ? input.IsColumnActive(input.Schema[source]) : getters[~source] is not null;
    }

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        int source = mapping.SourceOf(column);
        if (source >= 0)
        {
            return input.GetGetter<TValue>(input.Schema[source]);
        }

        Guard.State(getters[~source] is not null, $"Column '{column.Name}' is not active");
        return Guard.Typed<TValue>(getters[~source]!);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            disposer?.Invoke();
        }

        base.Dispose(disposing);
    }
}
