using Microsoft.ML;

namespace DiffSeg.MLNet.Scoring;

/// <summary>Kept values of a type that is copied by assignment: numbers, texts, keys, times.</summary>
internal sealed class KeptValues<T>(DataViewRow source, DataViewSchema.Column column, int places) : KeptColumn(places)
{
    private readonly ValueGetter<T> _source = source.GetGetter<T>(column);
    private readonly T[] _values = new T[places];

    public override Delegate Getter(Func<int> place) => (ValueGetter<T>)((ref T destination) =>
    {
        if (place() is not Live and var kept)
        {
            ThrowProblem(kept);
            destination = _values[kept];
            return;
        }

        _source(ref destination);
    });

    protected override void Take(int place) => _source(ref _values[place]);
}
