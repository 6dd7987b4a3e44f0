using DiffSeg.MLNet.Tests.Data;
using DiffSeg.Pictures;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Tests.Status;

/// <summary>What asking for a status changes besides rows that fail.</summary>
public class StatusOptionsTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void All_columns_do_not_change_what_happens_to_rows_that_fail()
    {
        Assert.False(MaskColumns.All.HasFlag(MaskColumns.Status));
        Assert.Throws<ArgumentOutOfRangeException>(() => Masks((MaskColumns)16));
    }

    [Fact]
    public void Status_comes_last_with_the_masks_size_which_differs_from_row_to_row()
    {
        DataViewSchema plain = Masks(MaskColumns.All).Schema;
        DataViewSchema telling = Masks(MaskColumns.Status).Schema;
        DataViewSchema all = Masks(MaskColumns.Status | MaskColumns.All).Schema;

        Assert.Equal(["Mask", "MaskHeight", "MaskWidth", "MaskStatus"], Added(telling));
        Assert.Equal(["Mask", "MaskHeight", "MaskWidth", "MaskSegmentCount", "MaskProposalCount", "MaskStatus"], Added(all));
        Assert.True(((VectorDataViewType)plain["Mask"].Type).IsKnownSize);
        Assert.False(((VectorDataViewType)telling["Mask"].Type).IsKnownSize);
        Assert.Same(TextDataViewType.Instance, telling["MaskStatus"].Type);
    }

    [Fact]
    public void Options_come_back()
    {
        var limits = new PictureLimits { MaxPixels = 5, MaxFileBytes = 7 };
        IDataView data = TestData.Make(_ml, TestData.Attention);
        DiffSegMaskTransformer made = _ml.Transforms.DiffSegMask("Mask", ["Fine"], options: new()
        {
            AnchorsPerSide = 4,
            Columns = MaskColumns.Status,
            Limits = limits,
        }).Fit(data);

        Assert.Equal((MaskColumns.Status | MaskColumns.Size, limits), (made.Options.Columns, made.Options.Limits));
        Assert.Equal(PictureLimits.Default, new DiffSegMaskOptions().Limits);
    }

    private IDataView Masks(MaskColumns columns)
    {
        IDataView data = TestData.Make(_ml, TestData.Attention);
        return _ml.Transforms.DiffSegMask("Mask", ["Fine"], options: new() { AnchorsPerSide = 4, Columns = columns }).Fit(data).Transform(data);
    }

    private static IEnumerable<string> Added(DataViewSchema schema)
        => schema.Select(column => column.Name).Where(name => name.StartsWith("Mask", StringComparison.Ordinal));
}
