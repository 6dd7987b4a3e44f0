using DiffSeg.MLNet.Scoring;
using DiffSeg.MLNet.Tests.Support;
using DiffSeg.Onnx;
using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Graphs;
using Google.Protobuf;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;

namespace DiffSeg.MLNet.Tests.Scoring;

/// <summary>Models whose graphs do not keep what the file declares, a map of 16 x 16: the error names the file.</summary>
public sealed class ScoringModelFaultsTests : IDisposable
{
    private const int Side = 8;
    private readonly MLContext _ml = new(seed: 1);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(8, 8, "[8, 8]")]
    [InlineData(16, 17, "[16, 17]")]
    [InlineData(0, 16, "[0, 16]")]
    public void Sizes_that_ONNX_Runtime_finds_otherwise_are_told_when_the_model_is_opened(int rows, int columns, string found)
    {
        AttentionModel model = Model((graph, _) => graph.Integers([rows, columns]));

        var error = Assert.Throws<InvalidOperationException>(() => _ml.Transforms.ApplyAttentionModel(model).Fit(Rows(0.16f)));

        Assert.Contains(model.Path, error.Message);
        Assert.Contains("'a'", error.Message);
        Assert.Contains(found, error.Message);
        Assert.Equal(error.Message, Assert.Throws<InvalidOperationException>(() => _ml.Segmentation().LoadEncoder(model, new() { AnchorsPerSide = 4 })).Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Sizes_that_come_out_otherwise_in_a_run_are_told_at_that_row(int lookAhead)
    {
        using AttentionScoringTransformer ours = _ml.Transforms.ApplyAttentionModel(OfPixels(), new() { LookAhead = lookAhead }).Fit(Rows(0.16f));
        IDataView view = ours.Transform(Rows(0.16f, 0.03f, 0.16f));
        DataViewSchema.Column column = view.Schema["a"];
        using DataViewRowCursor cursor = view.GetRowCursor([column]);
        ValueGetter<VBuffer<float>> attention = cursor.GetGetter<VBuffer<float>>(column);
        VBuffer<float> values = default;

        Assert.True(cursor.MoveNext());
        attention(ref values);
        Assert.Equal(256, values.Length);
        Assert.True(cursor.MoveNext());
        var error = Assert.Throws<InvalidOperationException>(() => attention(ref values));
        Assert.True(cursor.MoveNext());
        attention(ref values);

        Assert.Contains(OfPixels().Path, error.Message);
        Assert.IsType<OnnxRuntimeException>(error.InnerException);
    }

    [Fact]
    public void That_the_model_does_not_run_is_no_rows_fault()
    {
        AttentionModel model = OfPixels();
        using var chain = _ml.Transforms.ApplyAttentionModel(model)
            .Append(_ml.Transforms.DiffSegMask("Mask", model, null, new() { AnchorsPerSide = 4, Columns = MaskColumns.Status })).Fit(Rows(0.16f));

        var error = Assert.Throws<SegmentationException>(() => Data.RowValues.Read(chain.Transform(Rows(0.03f)), "MaskStatus"));

        Assert.Equal(SegmentationFault.Machine, error.Fault);
        Assert.Contains(model.Path, error.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-4)]
    public void Memory_for_nothing_is_refused_and_no_finalizer_falls_over_it(int side)
    {
        Make(side);

        GC.Collect();
        GC.WaitForPendingFinalizers();

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static void Make(int side) => Assert.Throws<ArgumentOutOfRangeException>(() => new NativeTensor([1, side], 2));
    }

    // The first two pixels say how large the map is, in hundredths.
    private AttentionModel OfPixels() => Model((graph, image) => (image * 100).Round()
        .Reshape([3 * Side * Side])
        .Slice(graph.Index(0), graph.Index(2), graph.Index(0))
        .CastTo(TensorProto.Types.ElementType.Int64));

    private AttentionModel Model(Func<GraphBuilder, Value, Value> shape)
    {
        var model = new ModelProto
        {
            IrVersion = 8,
            Graph = new GraphProto { Name = "lying" },
            OpsetImport = { new OperatorSetProto { Domain = "", Version = 17 } },
        };
        var graph = new GraphBuilder(model.Graph);
        Value image = graph.Input("image", 1, 3, Side, Side);
        graph.Node("ConstantOfShape", [shape(graph, image)], "a");
        graph.Output(graph["a"], 16, 16);
        foreach ((string key, string value) in new[]
        {
            (AttentionModelMetadata.Format, "1"), (AttentionModelMetadata.Form, "resolutions"), (AttentionModelMetadata.Outputs, "a=4x4"),
        })
        {
            model.MetadataProps.Add(new MetadataEntryProto { Key = key, Value = value });
        }

        string path = _folder.File("lying.onnx");
        File.WriteAllBytes(path, model.ToByteArray());
        return AttentionModel.Load(path);
    }

    private IDataView Rows(params float[] values) => _ml.Data.LoadFromEnumerable(
        values.Select(value => new PixelsRow { Image = [.. Enumerable.Repeat(value, 3 * Side * Side)] }));

    internal sealed class PixelsRow
    {
        [ColumnName("image")]
        [VectorType(3, Side, Side)]
        public float[] Image { get; set; } = [];
    }
}
