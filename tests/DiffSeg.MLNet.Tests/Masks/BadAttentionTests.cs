using DiffSeg.MLNet.Tests.Data;
using Microsoft.ML;

namespace DiffSeg.MLNet.Tests.Masks;

/// <summary>Attention that is none: the error names the row and the column, and other rows are not affected.</summary>
public sealed class BadAttentionTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "infinite")]
    [InlineData(-0.5f, "negative")]
    public void Value_that_cannot_be_is_named_with_row_column_and_index(float value, string word)
    {
        AttentionRow[] rows = TestData.AttentionRows(3);
        rows[1].Coarse[777] = value;

        SegmentationException error = Refused(rows);

        Assert.Equal((1L, "Coarse"), (error.Row, error.Column));
        Assert.Contains("Row 1", error.Message);
        Assert.Contains("'Coarse'", error.Message);
        Assert.Contains("777", error.Message);
        Assert.Contains(word, error.Message);
    }

    [Fact]
    public void Token_without_attention_is_named()
    {
        AttentionRow[] rows = TestData.AttentionRows(2);
        Array.Clear(rows[1].Fine);
        SegmentationException error = Refused(rows);
        Assert.Equal((1L, "Fine"), (error.Row, error.Column));
        Assert.Contains("0 everywhere", error.Message);
    }

    [Fact]
    public void Row_without_a_picture_is_told()
    {
        AttentionRow[] rows = TestData.AttentionRows(2);
        rows[1].Picture = null;
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        IDataView masks = _ml.Transforms.DiffSegMask("Mask", ["Fine"], "Picture").Fit(data).Transform(data);
        var error = Assert.Throws<SegmentationException>(() => RowValues.Read(masks, "Mask"));
        Assert.Equal(1, error.Row);
        Assert.Contains("'Picture'", error.Message);
    }

    [Fact]
    public void Rows_before_and_after_a_bad_one_have_their_masks()
    {
        AttentionRow[] rows = TestData.AttentionRows(3);
        rows[1].Coarse[5] = float.NaN;
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        var estimator = _ml.Transforms.DiffSegMask("Mask", ["Fine", "Coarse"], options: new() { AnchorsPerSide = 8 });
        using PredictionEngine<AttentionRow, Labelled> engine =
            _ml.Model.CreatePredictionEngine<AttentionRow, Labelled>(estimator.Fit(data));
        ushort[] first = engine.Predict(rows[0]).Mask;

        Assert.Throws<SegmentationException>(() => engine.Predict(rows[1]));
        Assert.NotEqual(first, engine.Predict(rows[2]).Mask);
        Assert.Equal(first, engine.Predict(rows[0]).Mask);
    }

    private SegmentationException Refused(AttentionRow[] rows)
    {
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        IDataView masks = _ml.Transforms.DiffSegMask("Mask", ["Fine", "Coarse"], options: new() { AnchorsPerSide = 8 })
            .Fit(data).Transform(data);
        return Assert.Throws<SegmentationException>(() => RowValues.Read(masks, "Mask"));
    }

    internal sealed class Labelled
    {
        public ushort[] Mask { get; set; } = [];
    }
}
