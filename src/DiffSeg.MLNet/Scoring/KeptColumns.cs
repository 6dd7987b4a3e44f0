using DiffSeg.MLNet.Mapping;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Scoring;

/// <summary>What a row has besides its attention, kept: the columns passed through, its batch and its identity.</summary>
internal sealed class KeptColumns
{
    private readonly DataViewRow _source;
    private readonly KeptColumn?[] _columns;
    private readonly ValueGetter<DataViewRowId> _id;
    private readonly Identity[] _identities;

    private KeptColumns(DataViewRow source, KeptColumn?[] columns, int places)
    {
        _source = source;
        _columns = columns;
        _id = source.GetIdGetter();
        _identities = new Identity[places];
    }

    /// <summary>The active columns that a mapping passes through; null when one of them cannot be kept.</summary>
    public static KeptColumns? TryOver(
        ColumnMapping mapping, DataViewRow source, DataViewSchema.Column[] active, IReadOnlyCollection<int> measuredOnly, int places)
    {
        var columns = new KeptColumn?[mapping.InputSchema.Count];
        foreach (DataViewSchema.Column column in active.Where(column => !mapping.IsAdded(column)))
        {
            columns[column.Index] = KeptColumn.Over(
                source, mapping.InputSchema[column.Index], measuredOnly.Contains(column.Index), places);
            if (columns[column.Index] is null)
            {
                return null;
            }
        }

        return new KeptColumns(source, columns, places);
    }

    /// <summary>A column passed through, by its index; null when it is not active.</summary>
    public KeptColumn? this[int index] => _columns[index];

    public void Keep(int place)
    {
        DataViewRowId id = default;
        _id(ref id);
        _identities[place] = new Identity(_source.Batch, id);
        foreach (KeptColumn? column in _columns)
        {
            column?.Keep(place);
        }
    }

    public long Batch(int place) => place == KeptColumn.Live ? _source.Batch : _identities[place].Batch;

    public void Id(int place, ref DataViewRowId id)
    {
        if (place == KeptColumn.Live)
        {
            _id(ref id);
        }
        else
        {
            id = _identities[place].Id;
        }
    }

    private readonly record struct Identity(long Batch, DataViewRowId Id);
}
