using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Scoring;

/// <summary>Kept vectors: copies in memory of their own, used again row after row.</summary>
internal sealed class KeptVectors<T>(DataViewRow source, DataViewSchema.Column column, int places) : KeptColumn(places)
{
    private readonly ValueGetter<VBuffer<T>> _source = source.GetGetter<VBuffer<T>>(column);
    private readonly VBuffer<T>[] _values = new VBuffer<T>[places];

    public override Delegate Getter(Func<int> place) => (ValueGetter<VBuffer<T>>)((ref VBuffer<T> destination) =>
    {
        if (place() is not Live and var kept)
        {
            ThrowProblem(kept);
            _values[kept].CopyTo(ref destination);
            return;
        }

        _source(ref destination);
    });

    protected override void Take(int place) => _source(ref _values[place]);
}
