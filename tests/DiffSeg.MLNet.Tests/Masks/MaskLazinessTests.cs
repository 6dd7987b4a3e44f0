using DiffSeg.MLNet.Tests.Data;
using DiffSeg.MLNet.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Tests.Masks;

/// <summary>What is computed when: nothing that nobody asked for, and one row at a time.</summary>
public sealed class MaskLazinessTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly Upstream _upstream;

    public MaskLazinessTests() => _upstream = new Upstream(_ml);

    [Fact]
    public void Transform_and_schemas_compute_nothing()
    {
        IDataView masks = Masks(rows: 3);
        Assert.Equal(4, masks.Schema.Count);
        Assert.Null(masks.GetRowCount());
        Assert.Equal(0, _upstream.Made);
    }

    [Fact]
    public void Other_columns_compute_no_mask_and_no_attention()
    {
        Assert.Equal([0, 1, 2], Masks(rows: 3).GetColumn<int>("Index"));
        Assert.Equal(0, _upstream.Made);
    }

    [Fact]
    public void Several_columns_of_a_row_share_one_computation()
    {
        IDataView masks = Masks(rows: 3);
        RowValues.Read(masks, "Mask", "MaskSegmentCount", "Mask");
        Assert.Equal(3, _upstream.Made);
    }

    /// <summary>
    /// A built-in view's GetRowCursor would compute dozens of rows of attention ahead, on several threads, and hold them
    /// all: gigabytes with a real model.
    /// </summary>
    [Fact]
    public void First_mask_computes_the_attention_of_one_row_only()
    {
        IDataView masks = Masks(rows: 200);
        DataViewSchema.Column mask = masks.Schema["Mask"];
        using DataViewRowCursor cursor = masks.GetRowCursor([mask]);
        ValueGetter<VBuffer<ushort>> getter = cursor.GetGetter<VBuffer<ushort>>(mask);
        VBuffer<ushort> labels = default;

        for (int row = 1; row <= 3; row++)
        {
            Assert.True(cursor.MoveNext());
            getter(ref labels);
            Assert.Equal(row, _upstream.Made);
        }
    }

    [Fact]
    public void Getter_before_the_first_row_is_an_error()
    {
        IDataView masks = Masks(rows: 1);
        DataViewSchema.Column mask = masks.Schema["Mask"];
        using DataViewRowCursor cursor = masks.GetRowCursor([mask]);
        ValueGetter<VBuffer<ushort>> getter = cursor.GetGetter<VBuffer<ushort>>(mask);
        VBuffer<ushort> labels = default;
        Assert.Throws<InvalidOperationException>(() => getter(ref labels));
    }

    [Fact]
    public void Columns_that_were_not_asked_for_have_no_getter()
    {
        IDataView masks = Masks(rows: 1);
        using DataViewRowCursor cursor = masks.GetRowCursor([masks.Schema["Index"]]);
        Assert.True(cursor.IsColumnActive(masks.Schema["Index"]));
        Assert.False(cursor.IsColumnActive(masks.Schema["Mask"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => cursor.GetGetter<VBuffer<ushort>>(masks.Schema["Mask"]));
    }

    [Fact]
    public void Getter_of_another_type_is_an_error_that_names_both()
    {
        IDataView masks = Masks(rows: 1);
        using DataViewRowCursor cursor = masks.GetRowCursor([masks.Schema["Mask"]]);
        var error = Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<VBuffer<float>>(masks.Schema["Mask"]));
        Assert.Contains("Single", error.Message);
        Assert.Contains("UInt16", error.Message);
    }

    [Fact]
    public void Closing_a_cursor_or_a_row_closes_its_input()
    {
        var view = new WatchedView(_ml.Data.LoadFromEnumerable(TestData.AttentionRows(1)));
        ITransformer transformer = _ml.Transforms.DiffSegMask("Mask", ["Fine"]).Fit(view);
        IDataView masks = transformer.Transform(view);

        masks.GetRowCursor([masks.Schema["Mask"]]).Dispose();
        Assert.Equal(1, view.Closed);

        IRowToRowMapper mapper = transformer.GetRowToRowMapper(view.Schema);
        DataViewRowCursor input = view.GetRowCursor(view.Schema);
        mapper.GetRow(input, mapper.OutputSchema).Dispose();
        Assert.Equal(2, view.Closed);
    }

    [Fact]
    public void Row_of_another_schema_is_refused()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(TestData.AttentionRows(1));
        IDataView other = _ml.Data.LoadFromEnumerable(TestData.AttentionRows(1));
        ITransformer transformer = _ml.Transforms.DiffSegMask("Mask", ["Fine"]).Fit(data);
        IRowToRowMapper mapper = transformer.GetRowToRowMapper(data.Schema);
        using DataViewRowCursor cursor = other.GetRowCursor(other.Schema);
        Assert.NotSame(data.Schema, other.Schema);
        Assert.Throws<ArgumentException>(() => mapper.GetRow(cursor, mapper.OutputSchema));
    }

    private IDataView Masks(int rows)
    {
        IDataView data = _upstream.Data(rows);
        return _ml.Transforms.DiffSegMask("Mask", ["Attention"], options: new()
        {
            AnchorsPerSide = 4,
            Size = new MaskSize(16, 16),
            Columns = MaskColumns.SegmentCount,
        }).Fit(data).Transform(data);
    }
}
