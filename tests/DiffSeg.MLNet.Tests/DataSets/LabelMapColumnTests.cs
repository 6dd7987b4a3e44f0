using DiffSeg.DataSets;
using DiffSeg.Evaluation;
using DiffSeg.MLNet.Tests.Data;
using DiffSeg.MLNet.Tests.Support;
using DiffSeg.MLNet.Tests.Workout;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Tests.DataSets;

/// <summary>LoadLabelMaps as ML.NET has it: schemas, laziness, rows, errors, saving.</summary>
public sealed class LabelMapColumnTests : IDisposable
{
    private static readonly string[] Added = ["Label", "LabelHeight", "LabelWidth", "LabelAnnotatorCount"];

    private readonly MLContext _ml = new(seed: 1);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_data_set_comes_as_rows_in_the_order_of_ids()
    {
        SegmentationDataSet dataSet = DataSet(3);

        IDataView data = _ml.Data.LoadSegmentationDataSet(dataSet);

        Assert.Equal(3, data.GetRowCount());
        Assert.Equal(["0", "1", "2"], data.GetColumn<string>("Id"));
        Assert.Equal([1, 1, 1], data.GetColumn<int>("AnnotatorCount"));
        Assert.Equal(dataSet.Samples.Select(sample => sample.LabelPath), data.GetColumn<string>("LabelPath"));
        Assert.Equal(dataSet.Samples.Select(sample => sample.ImagePath), data.GetColumn<string>("ImagePath"));
        Assert.Equal(["0", "1"], _ml.Data.LoadSegmentationDataSet(dataSet, limit: 2).GetColumn<string>("Id"));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.LoadSegmentationDataSet(dataSet, limit: 0));
    }

    [Fact]
    public void Label_maps_are_read_through_the_class_table()
    {
        IDataView data = _ml.Data.LoadSegmentationDataSet(DataSet(2));
        IDataView result = Loader(new() { Size = MaskSize.Original }).Fit(data).Transform(data);

        Assert.Equal([[9, LabelMap.Ignored, 9, LabelMap.Ignored], [23, LabelMap.Ignored, 23, LabelMap.Ignored]], result.GetColumn<ushort[]>("Label"));
        Assert.Equal([2, 2], result.GetColumn<int>("LabelHeight"));
        Assert.Equal([2, 2], result.GetColumn<int>("LabelWidth"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Promised_schema_is_the_delivered_one(bool original)
    {
        IDataView data = _ml.Data.LoadSegmentationDataSet(DataSet(2));
        LabelMapLoadingEstimator estimator = Loader(new() { Size = original ? MaskSize.Original : new MaskSize(3, 4) });

        SchemaShape promised = estimator.GetOutputSchema(SchemaProbe.ShapeOf(data));
        LabelMapLoadingTransformer transformer = estimator.Fit(data);
        IDataView result = transformer.Transform(data);

        Assert.Equal(Describe(promised), Describe(SchemaProbe.ShapeOf(result)));
        Assert.Equal([.. data.Schema.Select(c => c.Name), .. Added], result.Schema.Select(c => c.Name));
        Assert.Equal(original ? "Vector<UInt16>" : "Vector<UInt16, 3, 4>", result.Schema["Label"].Type.ToString());
        Assert.Equal(["LabelPath", "ImagePath"], ((ITransformer)transformer).GetRowToRowMapper(data.Schema)
            .GetDependencies([result.Schema["Label"]]).Select(c => c.Name).OrderDescending());
    }

    [Fact]
    public void Rows_of_the_mapper_and_of_several_cursors_are_those_of_the_view()
    {
        IDataView data = _ml.Data.LoadSegmentationDataSet(DataSet(5));
        ITransformer transformer = Loader(new() { Size = new MaskSize(3, 4) }).Fit(data);
        List<string> expected = RowValues.Read(transformer.Transform(data), Added);
        IRowToRowMapper mapper = transformer.GetRowToRowMapper(data.Schema);
        DataViewSchema.Column[] columns = RowValues.Columns(mapper.OutputSchema, Added);

        using DataViewRowCursor cursor = data.GetRowCursor(mapper.GetDependencies(columns));
        using DataViewRow row = mapper.GetRow(cursor, columns);
        Func<string> read = RowValues.Reader(row, columns);
        List<string> lines = [];
        while (cursor.MoveNext())
        {
            lines.Add(read());
            Assert.Equal(lines[^1], read());
        }

        Assert.Equal(expected, lines);
        IDataView filled = _ml.Transforms.CopyColumns("Copy", "Label").Fit(transformer.Transform(data)).Transform(transformer.Transform(data));
        Assert.Equal(expected, RowValues.Read(filled, Added));
    }

    [Fact]
    public void Nothing_is_read_before_a_column_is()
    {
        IDataView data = _ml.Data.LoadFromEnumerable([Row("none.png")]);

        IDataView result = Loader().Fit(data).Transform(data);

        Assert.Equal(["x"], result.GetColumn<string>("Id"));
        Assert.Contains("none.png", Fails(result).Message);
    }

    [Fact]
    public void Missing_columns_and_wrong_ones_are_named()
    {
        IDataView data = _ml.Data.LoadFromEnumerable([Row("a.png")]);
        LabelMapLoadingEstimator wrong = _ml.Transforms.LoadLabelMaps("Label", "AnnotatorCount", null);
        LabelMapLoadingEstimator missing = _ml.Transforms.LoadLabelMaps("Label", "LabelPath", null, "Picture");

        Assert.StartsWith("Schema mismatch for input column 'AnnotatorCount': expected String", Refused(() => wrong.Fit(data)));
        Assert.StartsWith("Schema mismatch for input column 'AnnotatorCount': expected String", Refused(() => wrong.GetOutputSchema(SchemaProbe.ShapeOf(data))));
        Assert.StartsWith("Could not find input column 'Picture'", Refused(() => missing.Fit(data)));
        Assert.StartsWith("Could not find input column 'Picture'", Refused(() => missing.GetOutputSchema(SchemaProbe.ShapeOf(data))));
    }

    [Fact]
    public void Settings_that_cannot_be_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(nameof(LabelMapOptions.Fit), () => Loader(new() { Fit = (ImageFit)7 }));
        Assert.Throws<ArgumentOutOfRangeException>(nameof(LabelMapOptions.ModelImageHeight), () => Loader(new() { ModelImageHeight = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(nameof(LabelMapOptions.ModelImageWidth), () => Loader(new() { ModelImageWidth = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(nameof(LabelMapOptions.Annotator), () => Loader(new() { Annotator = -1 }));
        Assert.Throws<ArgumentException>(nameof(LabelMapOptions.AllAnnotators), () => Loader(new() { Annotator = 0, AllAnnotators = true }));
        Assert.Throws<ArgumentException>(() => _ml.Transforms.LoadLabelMaps("", "LabelPath", null));
        Assert.Throws<ArgumentException>(() => _ml.Transforms.LoadLabelMaps("Label", "", null));
    }

    [Fact]
    public void A_size_other_than_the_images_is_named_for_paths_and_pictures()
    {
        PictureFiles.WritePng(_folder.File("image.png"), 2, 3, 3, (_, _, _) => 1);
        PictureFiles.WritePng(_folder.File("label.png"), 3, 2, 1, (_, _, _) => 0);
        IDataView data = _ml.Data.LoadFromEnumerable([Row(_folder.File("label.png"), _folder.File("image.png"))]);
        IDataView pictures = _ml.Transforms.LoadImages("Picture", "", "ImagePath").Fit(data).Transform(data);

        LabelMapException byPath = Fails(Loader().Fit(data).Transform(data));
        LabelMapException byPicture = Fails(
            _ml.Transforms.LoadLabelMaps("Label", "LabelPath", ClassTable.CocoStuff27, "Picture").Fit(pictures).Transform(pictures));

        Assert.Contains("2 x 3, its image", byPath.Message);
        Assert.Contains("2 x 3, the picture in column 'Picture' 3 x 2", byPicture.Message);
        Assert.Equal(_folder.File("label.png"), byPicture.Path);
    }

    [Fact]
    public void Bad_label_maps_are_named()
    {
        PictureFiles.WritePng(_folder.File("uncovered.png"), 1, 1, 1, (_, _, _) => 200);
        File.WriteAllBytes(_folder.File("cut.png"), File.ReadAllBytes(_folder.File("uncovered.png"))[..40]);
        LabelMapException Of(string path)
        {
            IDataView data = _ml.Data.LoadFromEnumerable([Row(path)]);
            return Fails(_ml.Transforms.LoadLabelMaps("Label", "LabelPath", ClassTable.CocoStuff27).Fit(data).Transform(data));
        }

        Assert.Contains("the value 200", Of(_folder.File("uncovered.png")).Message);
        Assert.Contains("cut off", Of(_folder.File("cut.png")).Message);
        Assert.Contains("Row 0 has no path", Of("").Message);
    }

    [Fact]
    public void Saving_says_what_to_do_instead()
    {
        IDataView data = _ml.Data.LoadSegmentationDataSet(DataSet(1));
        ITransformer transformer = Loader().Fit(data);

        var error = Assert.Throws<NotSupportedException>(() => _ml.Model.Save(transformer, data.Schema, _folder.File("model.zip")));

        Assert.Contains("append it where the data is evaluated", error.Message);
    }

    private LabelMapLoadingEstimator Loader(LabelMapOptions? options = null)
        => _ml.Transforms.LoadLabelMaps("Label", "LabelPath", ClassTable.CocoStuff27, "ImagePath", options);

    // Pictures of 2 x 2 whose left column is a class and whose right one is not labelled.
    private SegmentationDataSet DataSet(int count)
    {
        byte[] values = [0, 156, 15, 90, 181];
        Directory.CreateDirectory(_folder.File("val2017"));
        Directory.CreateDirectory(_folder.File("stuffthingmaps"));
        for (int i = 0; i < count; i++)
        {
            byte value = values[i];
            PictureFiles.WritePng(_folder.File($"val2017/{i}.jpg"), 2, 2, 3, (_, _, _) => 1);
            PictureFiles.WritePng(_folder.File($"stuffthingmaps/{i}.png"), 2, 2, 1, (_, x, _) => x == 0 ? value : (byte)255);
        }

        return SegmentationDataSet.CocoStuff27(_folder.Path, "all");
    }

    private static LabelledImage Row(string labelPath, string imagePath = "") => new() { Id = "x", ImagePath = imagePath, LabelPath = labelPath };

    private static LabelMapException Fails(IDataView view)
        => Assert.Throws<LabelMapException>(() => view.GetColumn<ushort[]>("Label").ToList());

    private static string Refused(Action use) => Assert.Throws<ArgumentOutOfRangeException>("inputSchema", use).Message;

    private static IEnumerable<string> Describe(SchemaShape shape)
        => shape.Select(c => $"{c.Name} {c.Kind} {c.ItemType} key {c.IsKey} annotations {c.Annotations.Count}").Order();
}
