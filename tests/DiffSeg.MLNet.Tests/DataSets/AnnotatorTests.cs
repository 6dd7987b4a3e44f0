using DiffSeg.DataSets;
using DiffSeg.MLNet.Tests.Support;
using DiffSeg.Tests.DataSets;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Tests.DataSets;

/// <summary>BSDS500: label maps of several annotators in one column.</summary>
public sealed class AnnotatorTests : IDisposable
{
    private static readonly ushort[] First = [1, 1, 2, 1, 3, 3];
    private static readonly ushort[] Second = [1, 2, 300, 4, 5, 6];

    private readonly MLContext _ml = new(seed: 1);
    private readonly TemporaryFolder _folder = new();
    private readonly IDataView _data;

    public AnnotatorTests()
    {
        Directory.CreateDirectory(_folder.File("images/test"));
        Directory.CreateDirectory(_folder.File("groundTruth/test"));
        PictureFiles.WritePng(_folder.File("images/test/7.jpg"), 2, 3, 3, (_, _, _) => 1);
        File.WriteAllBytes(_folder.File("groundTruth/test/7.mat"), MatDraft.GroundTruth(2, 3, First, Second));
        _data = _ml.Data.LoadSegmentationDataSet(SegmentationDataSet.Bsds500(_folder.Path));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_data_set_tells_how_many_there_are()
        => Assert.Equal([2], _data.GetColumn<int>("AnnotatorCount"));

    [Fact]
    public void All_of_them_come_one_after_the_other()
    {
        IDataView result = Load(new() { AllAnnotators = true, Size = MaskSize.Original });

        Assert.Equal([.. First, .. Second], result.GetColumn<ushort[]>("Label").Single());
        Assert.Equal((2, 3, 2), (Number(result, "LabelHeight"), Number(result, "LabelWidth"), Number(result, "LabelAnnotatorCount")));
        // Of a size that the type cannot tell.
        Assert.Equal("Vector<UInt16>", Load(new() { AllAnnotators = true }).Schema["Label"].Type.ToString());
    }

    [Fact]
    public void One_of_them_is_chosen_by_number()
    {
        IDataView result = Load(new() { Annotator = 1, Size = MaskSize.Original, Fit = ImageFit.Crop, ModelImageHeight = 64, ModelImageWidth = 64 });

        Assert.Equal(new ushort[] { 1, 2, 4, 5 }, result.GetColumn<ushort[]>("Label").Single());
        Assert.Equal(1, Number(result, "LabelAnnotatorCount"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(2)]
    public void A_choice_is_asked_for(int? annotator)
    {
        IDataView result = Load(new() { Annotator = annotator });

        string message = Assert.Throws<LabelMapException>(() => result.GetColumn<ushort[]>("Label").ToList()).Message;
        Assert.Contains("2 annotators", message);
        Assert.Contains("0 to 1", message);
        Assert.Contains("7.mat", message);
    }

    private IDataView Load(LabelMapOptions options)
        => _ml.Transforms.LoadLabelMaps("Label", "LabelPath", null, "ImagePath", options).Fit(_data).Transform(_data);

    private static int Number(IDataView view, string column) => view.GetColumn<int>(column).Single();
}
