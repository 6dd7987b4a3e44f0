using DiffSeg.MLNet.Tests.Data;
using DiffSeg.MLNet.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;

namespace DiffSeg.MLNet.Tests.Status;

/// <summary>What a status must not swallow: faults of the machine, which every row would have, and cancelling.</summary>
public sealed class StatusFaultTests : IDisposable
{
    private static readonly DiffSegMaskOptions Telling = new() { AnchorsPerSide = 4, Columns = MaskColumns.Status };
    private readonly MLContext _ml = new(seed: 1);
    private readonly SmallModel _small = new();

    public static TheoryData<string> MachineFaults { get; } = ["model", "memory", "library", "disk", "closed"];

    [Theory]
    [MemberData(nameof(MachineFaults))]
    public void Fault_of_the_machine_is_thrown(string kind)
    {
        Exception fault = Make(kind);
        IDataView result = Masks(number => number == 1 ? fault : null, Telling);

        (List<string> found, SegmentationException? thrown) = ReadUntilThrown(result);

        Assert.Equal([""], found);
        Assert.Equal((SegmentationFault.Machine, 1L), (thrown!.Fault, thrown.Row));
        Assert.Same(fault, thrown.InnerException);
    }

    [Fact]
    public void Row_after_a_fault_of_the_machine_can_be_read()
    {
        IDataView result = Masks(number => number == 1 ? new IOException("Input/output error") : null, Telling);
        using DataViewRowCursor cursor = result.GetRowCursor([result.Schema["MaskStatus"]]);
        ValueGetter<ReadOnlyMemory<char>> status = cursor.GetGetter<ReadOnlyMemory<char>>(result.Schema["MaskStatus"]);
        ReadOnlyMemory<char> text = default;
        for (int row = 0; row < 3; row++)
        {
            Assert.True(cursor.MoveNext());
            if (row == 1)
            {
                Assert.Equal("Input/output error", Assert.Throws<SegmentationException>(() => status(ref text)).Reason);
            }
            else
            {
                status(ref text);
                Assert.Equal("", text.ToString());
            }
        }
    }

    [Fact]
    public void Fault_of_the_row_is_told()
    {
        IDataView result = Masks(number => number % 2 == 1 ? new FormatException("no\nnumbers") : null, Telling);

        Assert.Equal(["", "no numbers", "", "no numbers"], result.GetColumn<string>("MaskStatus"));
    }

    [Fact]
    public void Cancelling_is_thrown_as_it_is()
    {
        IDataView result = Masks(number => number == 1 ? new OperationCanceledException() : null, Telling);

        Assert.Throws<OperationCanceledException>(() => result.GetColumn<string>("MaskStatus").ToList());
    }

    [Fact]
    public void A_closed_model_is_a_fault_of_the_machine()
    {
        IDataView data = SmallModel.Pixels(_ml, 2);
        var chain = _ml.Transforms.ApplyAttentionModel(_small.Model)
            .Append(_ml.Transforms.DiffSegMask("Mask", _small.Model, options: Telling)).Fit(data);
        IDataView result = chain.Transform(data);
        Assert.Equal(["", ""], result.GetColumn<string>("MaskStatus"));

        chain.Dispose();

        SegmentationException thrown = ReadUntilThrown(result).Thrown!;
        Assert.Equal(SegmentationFault.Machine, thrown.Fault);
    }

    [Fact]
    public void Without_a_status_the_fault_tells_them_apart()
    {
        var throwing = new DiffSegMaskOptions { AnchorsPerSide = 4 };

        Assert.Equal(
            SegmentationFault.Row, ReadUntilThrown(Masks(_ => new FormatException("x"), throwing), "MaskHeight").Thrown!.Fault);
        Assert.Equal(
            SegmentationFault.Machine, ReadUntilThrown(Masks(_ => Make("model"), throwing), "MaskHeight").Thrown!.Fault);
    }

    public void Dispose() => _small.Dispose();

    private static Exception Make(string kind) => kind switch
    {
        // Only ONNX Runtime can make one.
        "model" => Assert.Throws<OnnxRuntimeException>(() => new InferenceSession([1, 2, 3])),
        "memory" => new OutOfMemoryException(),
        "library" => new DllNotFoundException("libcuda"),
        "disk" => new IOException("Stale file handle"),
        _ => new ObjectDisposedException("model"),
    };

    // Four rows of attention; the step before ours throws what it is told to.
    private IDataView Masks(Func<int, Exception?> fault, DiffSegMaskOptions options)
    {
        float[] map = SyntheticAttention.Map(8, 8, TestData.Regions(0));
        IDataView numbers = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 4).Select(number => new Number { Index = number }));
        IDataView attention = _ml.Transforms.CustomMapping<Number, Attention64>(
            (row, made) => made.Attention = fault(row.Index) is { } thrown ? throw thrown : map, null).Fit(numbers).Transform(numbers);
        return _ml.Transforms.DiffSegMask("Mask", ["Attention"], options: options).Fit(attention).Transform(attention);
    }

    private static (List<string> Found, SegmentationException? Thrown) ReadUntilThrown(IDataView view, string column = "MaskStatus")
    {
        DataViewSchema.Column[] columns = RowValues.Columns(view.Schema, [column]);
        using DataViewRowCursor cursor = view.GetRowCursor(columns);
        Func<string> read = RowValues.Reader(cursor, columns);
        List<string> found = [];
        while (cursor.MoveNext())
        {
            try
            {
                found.Add(read()[(column.Length + " = ".Length)..]);
            }
            catch (SegmentationException thrown)
            {
                return (found, thrown);
            }
        }

        return (found, null);
    }

    internal sealed class Number
    {
        public int Index { get; set; }
    }

    internal sealed class Attention64
    {
        [VectorType(64, 64)]
        public float[] Attention { get; set; } = [];
    }
}
