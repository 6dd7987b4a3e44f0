using DiffSeg.MLNet.Tests.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Tests.Support;

/// <summary>A step before ours that makes attention, and counts how often it is made to.</summary>
internal sealed class Upstream(MLContext ml)
{
    private static readonly float[][] Maps = [.. Enumerable.Range(0, 4).Select(
        index => SyntheticAttention.Map(16, 16, TestData.Regions(index)))];

    private int _made;

    /// <summary>Rows whose attention was computed so far.</summary>
    public int Made => Volatile.Read(ref _made);

    /// <summary>Numbered rows with an attention column that this computes.</summary>
    public IDataView Data(int rows)
    {
        IDataView numbers = ml.Data.LoadFromEnumerable(Enumerable.Range(0, rows).Select(number => new Number { Index = number }));
        return ml.Transforms.CustomMapping<Number, Made256>(Make, null).Fit(numbers).Transform(numbers);
    }

    private void Make(Number number, Made256 made)
    {
        Interlocked.Increment(ref _made);
        made.Attention = Maps[number.Index % Maps.Length];
    }

    internal sealed class Number
    {
        public int Index { get; set; }
    }

    internal sealed class Made256
    {
        [VectorType(256, 256)]
        public float[] Attention { get; set; } = [];
    }
}
