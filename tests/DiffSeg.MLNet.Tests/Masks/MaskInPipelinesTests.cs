using DiffSeg.MLNet.Saving;
using DiffSeg.MLNet.Tests.Data;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Tests.Masks;

/// <summary>The mask transformer in the company of ML.NET's own.</summary>
public sealed class MaskInPipelinesTests
{
    private static readonly DiffSegMaskOptions Options = new() { AnchorsPerSide = 8, Size = new MaskSize(32, 32), Columns = MaskColumns.All };
    private readonly MLContext _ml = new(seed: 1);
    private readonly IDataView _data;

    public MaskInPipelinesTests() => _data = _ml.Data.LoadFromEnumerable(TestData.AttentionRows(6));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void CreateEnumerable_gives_every_row(bool reuse)
    {
        IDataView masks = Masks();
        List<string> found = [];
        List<Labelled> kept = [];
        foreach (Labelled row in _ml.Data.CreateEnumerable<Labelled>(masks, reuse))
        {
            found.Add(Text(row));
            kept.Add(row);
        }

        Assert.Equal(Expected(), found);
        Assert.Equal(reuse ? 1 : 6, kept.Distinct().Count());
    }

    [Fact]
    public void PredictionEngine_gives_what_the_view_gives()
    {
        using PredictionEngine<AttentionRow, Labelled> engine =
            _ml.Model.CreatePredictionEngine<AttentionRow, Labelled>(Estimator().Fit(_data));
        Assert.Equal(Expected(), TestData.AttentionRows(6).Select(row => Text(engine.Predict(row))));
    }

    [Fact]
    public void Cache_gives_the_same_twice()
    {
        IDataView cached = _ml.Data.Cache(Masks(), "Mask");
        Assert.Equal(RowValues.Read(Masks(), "Name", "Mask"), RowValues.Read(cached, "Name", "Mask"));
        Assert.Equal(RowValues.Read(Masks(), "Name", "Mask"), RowValues.Read(cached, "Name", "Mask"));
    }

    [Fact]
    public void Preview_shows_the_mask()
    {
        DataDebuggerPreview preview = _ml.Transforms.DropColumns("Picture").Fit(Masks()).Transform(Masks()).Preview(2);
        Assert.Equal(2, preview.RowView.Length);
        object mask = preview.RowView[1].Values.Single(pair => pair.Key == "Mask").Value;
        Assert.Equal(32 * 32, Assert.IsType<VBuffer<ushort>>(mask).Length);
    }

    [Fact]
    public void TakeRows_SkipRows_and_ShuffleRows_keep_masks_with_their_rows()
    {
        List<string> all = RowValues.Read(Masks(), "Name", "Mask");
        Assert.Equal(all[..2], RowValues.Read(_ml.Data.TakeRows(Masks(), 2), "Name", "Mask"));
        Assert.Equal(all[4..], RowValues.Read(_ml.Data.SkipRows(Masks(), 4), "Name", "Mask"));
        Assert.Equal(all.Order(), RowValues.Read(_ml.Data.ShuffleRows(Masks(), seed: 3), "Name", "Mask").Order());
    }

    [Fact]
    public void Built_in_transformers_follow_and_precede()
    {
        IEstimator<ITransformer> pipeline = _ml.Transforms.CopyColumns("Copied", "Fine")
            .Append(_ml.Transforms.DiffSegMask("Mask", ["Copied"], options: Options))
            .Append(_ml.Transforms.Conversion.ConvertType("Numbers", "Mask", DataKind.Single))
            .Append(_ml.Transforms.SelectColumns("Name", "Numbers", "Mask"));
        IDataView result = pipeline.Fit(_data).Transform(_data);

        Assert.Equal(["Name", "Numbers", "Mask"], result.Schema.Select(c => c.Name).OrderBy(name => name == "Mask"));
        float[][] numbers = [.. result.GetColumn<float[]>("Numbers")];
        ushort[][] masks = [.. result.GetColumn<ushort[]>("Mask")];
        Assert.Equal(masks.Select(mask => mask.Select(label => (float)label)), numbers);
        Assert.Equal(RowValues.Read(Masks(), "Mask"), RowValues.Read(result, "Mask"));
    }

    [Fact]
    public void Chain_with_a_cache_checkpoint_fits()
    {
        IDataView data = _ml.Transforms.DropColumns("Picture").Fit(_data).Transform(_data);
        ITransformer chain = new EstimatorChain<ITransformer>()
            .Append<ITransformer>(Estimator())
            .AppendCacheCheckpoint(_ml)
            .Append<ITransformer>(_ml.Transforms.CopyColumns("Again", "Mask"))
            .Fit(data);
        Assert.Equal(RowValues.Read(Masks(), "Mask").Select(line => line[7..]), RowValues.Read(chain.Transform(data), "Again").Select(line => line[8..]));
    }

    [Fact]
    public void Mask_column_hides_an_older_one_of_its_name()
    {
        IDataView hidden = _ml.Transforms.DiffSegMask("Fine", ["Fine"], options: Options).Fit(_data).Transform(_data);
        DataViewSchema.Column visible = hidden.Schema["Fine"];
        Assert.Equal("Vector<UInt16, 32, 32>", visible.Type.ToString());
        Assert.Single(hidden.Schema, column => column is { Name: "Fine", IsHidden: true });
        Assert.Equal(
            RowValues.Read(Masks(), "Mask").Select(line => line.Split("= ")[1]),
            RowValues.Read(hidden, "Fine").Select(line => line.Split("= ")[1]));
    }

    [Fact]
    public void Annotations_of_other_columns_stay()
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.AddPrimitiveValue("Unit", NumberDataViewType.Single, 7f);
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("Size", NumberDataViewType.Single, annotations.ToAnnotations());
        builder.AddColumn("Fine", new VectorDataViewType(NumberDataViewType.Single, 256, 256));
        var data = new EmptyView(builder.ToSchema());

        DataViewSchema schema = Estimator().Fit(data).GetOutputSchema(data.Schema);

        float unit = 0;
        schema["Size"].Annotations.GetValue("Unit", ref unit);
        Assert.Equal(7, unit);
    }

    private DiffSegMaskEstimator Estimator() => _ml.Transforms.DiffSegMask("Mask", ["Fine"], options: Options);

    private IDataView Masks() => Estimator().Fit(_data).Transform(_data);

    private IEnumerable<string> Expected() => RowValues.Read(Masks(), "Name", "Mask", "MaskSegmentCount");

    // As RowValues writes it.
    private string Text(Labelled row)
        => RowValues.Read(_ml.Data.LoadFromEnumerable([row]), "Name", "Mask", "MaskSegmentCount").Single();

    internal sealed class Labelled
    {
        public string Name { get; set; } = "";

        public ushort[] Mask { get; set; } = [];

        public int MaskSegmentCount { get; set; }
    }
}
