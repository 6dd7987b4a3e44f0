using BenchmarkDotNet.Attributes;
using DiffSeg.MLNet;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.Benchmarks;

/// <summary>Pictures to masks by the ready-made chain, the rows shared out among the cursors of a set, each on a thread.</summary>
public class CursorSetBenchmarks
{
    private readonly MLContext _ml = new();
    private ITransformer? _chain;
    private IDataView? _rows;

    /// <summary>Pictures.</summary>
    [Params(16, 64)]
    public int Rows { get; set; }

    /// <summary>The attention model.</summary>
    [ParamsSource(nameof(Models))]
    public string Model { get; set; } = "";

    /// <summary>The names of the models.</summary>
    public static IEnumerable<string> Models() => InputName.Models;

    /// <summary>Nothing is read ahead.</summary>
    [GlobalSetup(Target = nameof(RowByRow))]
    public void SetUpRowByRow() => SetUp(lookAhead: 0);

    /// <summary>Memory for two rows.</summary>
    [GlobalSetup(Targets = [nameof(OneAhead), nameof(TwoCursors)])]
    public void SetUpTwo() => SetUp(lookAhead: 1);

    /// <summary>Memory for four rows.</summary>
    [GlobalSetup(Targets = [nameof(ThreeAhead), nameof(FourCursors)])]
    public void SetUpFour() => SetUp(lookAhead: 3);

    /// <summary>Frees the model.</summary>
    [GlobalCleanup]
    public void CleanUp() => (_chain as IDisposable)?.Dispose();

    /// <summary>One row after the other.</summary>
    /// <returns>Pixels of all masks.</returns>
    [Benchmark]
    public long RowByRow() => Walk(cursors: 1);

    /// <summary>One cursor, the next row scored meanwhile.</summary>
    /// <returns>Pixels of all masks.</returns>
    [Benchmark(Baseline = true)]
    public long OneAhead() => Walk(cursors: 1);

    /// <summary>Two cursors in the same memory.</summary>
    /// <returns>Pixels of all masks.</returns>
    [Benchmark]
    public long TwoCursors() => Walk(cursors: 2);

    /// <summary>One cursor, three rows scored meanwhile.</summary>
    /// <returns>Pixels of all masks.</returns>
    [Benchmark]
    public long ThreeAhead() => Walk(cursors: 1);

    /// <summary>Four cursors in the same memory.</summary>
    /// <returns>Pixels of all masks.</returns>
    [Benchmark]
    public long FourCursors() => Walk(cursors: 4);

    private void SetUp(int lookAhead)
    {
        _rows = SampleRows.Of(_ml, Rows);
        _chain = _ml.Transforms.DiffSeg(
            "Mask", nameof(ImageSource.ImagePath), InputName.Model(Model), scoring: new() { LookAhead = lookAhead }).Fit(_rows);
    }

    private long Walk(int cursors)
    {
        IDataView masks = _chain!.Transform(_rows);
        long pixels = 0;
        Task.WaitAll([.. masks.GetRowCursorSet([masks.Schema["Mask"]], cursors).Select(cursor => Task.Factory.StartNew(
            () =>
            {
                using (cursor)
                {
                    ValueGetter<VBuffer<ushort>> getter = cursor.GetGetter<VBuffer<ushort>>(masks.Schema["Mask"]);
                    VBuffer<ushort> mask = default;
                    while (cursor.MoveNext())
                    {
                        getter(ref mask);
                        Interlocked.Add(ref pixels, mask.Length);
                    }
                }
            },
            TaskCreationOptions.LongRunning))]);
        return pixels;
    }
}
