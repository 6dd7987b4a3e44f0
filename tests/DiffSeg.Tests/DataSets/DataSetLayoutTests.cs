using DiffSeg.DataSets;
using DiffSeg.Evaluation;

namespace DiffSeg.Tests.DataSets;

/// <summary>Where the data sets are looked for, and what is said when they are not there.</summary>
public sealed class DataSetLayoutTests : IDisposable
{
    private static readonly byte[] TwoAnnotators = MatDraft.GroundTruth(1, 2, [1, 2], [1, 1]);

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("val2017", "stuffthingmaps/val2017")]
    [InlineData("val2017", "stuffthingmaps")]
    [InlineData("images/val2017", "annotations/val2017")]
    public void Coco_stuff_is_found_in_the_order_of_ids(string images, string labels)
    {
        foreach (string id in new[] { "000000000785", "000000000139" })
        {
            _folder.WritePng($"{images}/{id}.jpg", 1, 2, 0, 0, 0);
            _folder.WritePng($"{labels}/{id}.png", 1, 2, 0, 0, 255);
        }

        var data = SegmentationDataSet.CocoStuff27(_folder.Root, "all");

        Assert.Equal(["000000000139", "000000000785"], data.Samples.Select(sample => sample.Id));
        Assert.Equal(_folder[$"{labels}/000000000139.png"], data.Samples[0].LabelPath);
        Assert.Equal(_folder[$"{images}/000000000139.jpg"], data.Samples[0].ImagePath);
        Assert.Same(ClassTable.CocoStuff27, data.Classes);
        Assert.Equal(GroundTruthKind.Classes, data.Kind);
        Assert.Equal(new ushort[] { 9, LabelMap.Ignored }, data.Samples[0].ReadLabelMaps().Single().Classes.ToArray());
        Assert.Equal("000000000139", Assert.Single(data.Take(1).Samples).Id);
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Take(0));

        string message = Refused(() => SegmentationDataSet.CocoStuff27(_folder.Root));
        Assert.Contains("2173 of the 2175 listed images are not there: '000000000724', '000000000872', '000000000885', ...", message);
    }

    [Fact]
    public void Cityscapes_is_found()
    {
        _folder.WritePng("leftImg8bit/val/ulm/ulm_000001_000019_leftImg8bit.png", 1, 2, 0, 0, 0);
        _folder.WritePng("gtFine/val/ulm/ulm_000001_000019_gtFine_labelIds.png", 1, 2, 0, 7, 3);
        _folder.WritePng("gtFine/val/ulm/ulm_000001_000019_gtFine_color.png", 1, 2, 0, 0, 0);
        _folder.WritePng("leftImg8bit/val/aachen/aachen_000001_000019_leftImg8bit.png", 1, 2, 0, 0, 0);
        _folder.WritePng("gtFine/val/aachen/aachen_000001_000019_gtFine_labelIds.png", 1, 2, 0, 33, 0);

        var data = SegmentationDataSet.Cityscapes27(_folder.Root);

        Assert.Equal(["aachen_000001_000019", "ulm_000001_000019"], data.Samples.Select(sample => sample.Id));
        Assert.Equal(new ushort[] { 26, LabelMap.Ignored }, data.Samples[0].ReadLabelMaps().Single().Classes.ToArray());
        Assert.Contains("leftImg8bit/train", Refused(() => SegmentationDataSet.Cityscapes27(_folder.Root, "train")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("BSR/BSDS500/data/")]
    public void Bsds_is_found_with_its_annotators(string data)
    {
        _folder.Write($"{data}images/test/2.jpg", []);
        _folder.Write($"{data}images/test/10.jpg", []);
        _folder.Write($"{data}images/test/Thumbs.db", []);
        _folder.Write($"{data}groundTruth/test/2.mat", TwoAnnotators);
        _folder.Write($"{data}groundTruth/test/10.mat", MatDraft.GroundTruth(1, 1, [1]));

        var found = SegmentationDataSet.Bsds500(_folder.Root);

        Assert.Equal(["10", "2"], found.Samples.Select(sample => sample.Id));
        Assert.Equal([1, 2], found.Samples.Select(sample => sample.AnnotatorCount));
        Assert.Null(found.Classes);
        Assert.Equal(GroundTruthKind.Segments, found.Kind);
        Assert.Equal(new ushort[] { 1, 1 }, found.Samples[1].ReadLabelMaps()[1].Classes.ToArray());
    }

    [Fact]
    public void A_damaged_ground_truth_is_named_at_once()
    {
        _folder.Write("images/val/2.jpg", []);
        string file = _folder.Write("groundTruth/val/2.mat", TwoAnnotators[..140]);

        Assert.Contains(file, Assert.Throws<LabelMapException>(() => SegmentationDataSet.Bsds500(_folder.Root, "val")).Message);
    }

    [Fact]
    public void Ecssd_is_found()
    {
        _folder.Write("images/0001.jpg", []);
        _folder.WritePng("ground_truth_mask/0001.png", 1, 2, 0, 127, 128);

        var data = SegmentationDataSet.Ecssd(_folder.Root);

        Assert.Equal(GroundTruthKind.FigureGround, data.Kind);
        Assert.Equal(new ushort[] { 0, 1 }, data.Samples[0].ReadLabelMaps().Single().Classes.ToArray());
    }

    [Fact]
    public void A_folder_with_a_class_file_is_found()
    {
        _folder.WritePng("images/b.PNG", 1, 2, 0, 0, 0);
        _folder.Write("images/a.jpeg", []);
        _folder.WritePng("labels/a.png", 1, 2, 0, 0, 0);
        _folder.WritePng("labels/b.png", 1, 2, 0, 1, 255);
        Assert.Contains("file 'classes.txt'", Refused(() => SegmentationDataSet.FromFolder(_folder.Root)));
        File.WriteAllLines(_folder["classes.txt"], ["background", "thing"]);

        var data = SegmentationDataSet.FromFolder(_folder.Root + "/");

        Assert.Equal(Path.GetFileName(_folder.Root), data.Name);
        Assert.Equal(["a", "b"], data.Samples.Select(sample => sample.Id));
        Assert.Equal(["background", "thing"], data.Classes!.Classes);
        Assert.Equal(new ushort[] { 1, LabelMap.Ignored }, data.Samples[1].ReadLabelMaps().Single().Classes.ToArray());
    }

    [Fact]
    public void Label_maps_may_have_a_suffix_and_lie_beside_the_images()
    {
        foreach (string name in new[] { "0001.png", "0001_L.png", "0002.png", "0002_L.png" })
        {
            _folder.WritePng(name, 1, 1, 2, 0, 0, 0);
        }

        File.WriteAllLines(_folder["label_colors.txt"], ["0 0 0 Void", "64 128 64 Animal"]);
        ClassTable classes = ClassTable.FromFile(_folder["label_colors.txt"]);
        var data = SegmentationDataSet.FromFolders(
            new() { Images = _folder.Root, Labels = _folder.Root, LabelSuffix = "_L" }, classes, "CamVid");

        Assert.Equal("CamVid", data.Name);
        Assert.Equal(["0001", "0002"], data.Samples.Select(sample => sample.Id));
        Assert.EndsWith("0002_L.png", data.Samples[1].LabelPath);
    }

    [Fact]
    public void A_list_of_ids_chooses_among_the_images()
    {
        foreach (string id in new[] { "2007_000033", "2007_000042", "2007_000061" })
        {
            _folder.Write($"JPEGImages/{id}.jpg", []);
        }

        _folder.WritePng("SegmentationClass/2007_000042.png", 1, 1, 3, 0);
        SegmentationFolders With(params string[] ids)
        {
            File.WriteAllLines(_folder["val.txt"], ids);
            return new() { Images = _folder["JPEGImages"], Labels = _folder["SegmentationClass"], IdList = _folder["val.txt"] };
        }

        var data = SegmentationDataSet.FromFolders(With("2007_000042", ""), ClassTable.FigureGround);

        Assert.Equal("2007_000042", Assert.Single(data.Samples).Id);
        Assert.Equal(GroundTruthKind.FigureGround, data.Kind);
        Assert.Contains(
            "1 of 2 images have no label map",
            Refused(() => SegmentationDataSet.FromFolders(With("2007_000042", "2007_000033"), ClassTable.FigureGround)));
        Assert.Contains("no image", Refused(() => SegmentationDataSet.FromFolders(With(""), ClassTable.FigureGround)));
        Assert.Contains("no list of ids", Refused(() => SegmentationDataSet.FromFolders(
            new() { Images = _folder["JPEGImages"], Labels = _folder["SegmentationClass"], IdList = "none.txt" },
            ClassTable.FigureGround)));
    }

    [Fact]
    public void A_missing_folder_shows_what_is_expected_and_what_is_there()
    {
        _folder.Write("val2017/000000000139.jpg", []);
        _folder.Write("readme.txt", []);

        string message = Refused(() => SegmentationDataSet.CocoStuff27(_folder.Root));

        Assert.Contains($"there is no folder 'stuffthingmaps/val2017' in '{_folder.Root}'", message);
        Assert.Matches(@"Expected:\n  .*\n    val2017/ +000000000139.jpg .*\n    stuffthingmaps/val2017/ +", message);
        Assert.Matches(@"Found:\n  .*\n    val2017/\n    readme.txt$", message);
        Assert.Contains("no such folder", Refused(() => SegmentationDataSet.CocoStuff27(_folder["none"])));
    }

    [Fact]
    public void A_long_folder_is_not_shown_to_its_end()
    {
        for (int i = 0; i < 20; i++)
        {
            _folder.Write($"{i:D2}.jpg", []);
        }

        string message = Refused(() => SegmentationDataSet.Ecssd(_folder.Root));

        Assert.Contains("11.jpg", message);
        Assert.DoesNotContain("12.jpg", message);
        Assert.Contains("(0 folders and 20 files in all)", message);
    }

    [Fact]
    public void A_folder_one_level_off_is_pointed_at()
    {
        _folder.Write("coco/images/0001.jpg", []);
        _folder.Write("coco/ground_truth_mask/0001.png", []);

        Assert.Contains($"but '{_folder["coco"]}' has it", Refused(() => SegmentationDataSet.Ecssd(_folder.Root)));
        Assert.Contains($"but '{_folder["coco"]}' has it", Refused(() => SegmentationDataSet.Ecssd(_folder["coco/images"])));
    }

    [Fact]
    public void Images_and_label_maps_that_are_alone_are_named()
    {
        _folder.Write("images/1.jpg", []);
        _folder.Write("images/2.jpg", []);
        _folder.Write("ground_truth_mask/1.png", []);
        Assert.Contains($"1 of 2 images have no label map: '{_folder["images/2.jpg"]}'", Refused(() => SegmentationDataSet.Ecssd(_folder.Root)));

        File.Delete(_folder["images/2.jpg"]);
        _folder.Write("ground_truth_mask/3.png", []);
        Assert.Contains($"1 of 2 label maps have no image: '{_folder["ground_truth_mask/3.png"]}'", Refused(() => SegmentationDataSet.Ecssd(_folder.Root)));
    }

    [Fact]
    public void An_empty_data_set_is_refused()
    {
        Directory.CreateDirectory(_folder["images"]);
        Directory.CreateDirectory(_folder["ground_truth_mask"]);

        Assert.Contains("there is no image", Refused(() => SegmentationDataSet.Ecssd(_folder.Root)));
    }

    [Fact]
    public void Hidden_files_are_no_images()
    {
        foreach (string name in new[] { "images/a.jpg", "images/._a.jpg", "ground_truth_mask/a.png", "ground_truth_mask/._b.png" })
        {
            _folder.Write(name, []);
            File.SetAttributes(_folder[name], name.Contains("._", StringComparison.Ordinal) ? FileAttributes.Hidden : FileAttributes.Normal);
        }

        Assert.Equal("a", Assert.Single(SegmentationDataSet.Ecssd(_folder.Root).Samples).Id);
    }

    [Fact]
    public void Two_images_of_one_id_are_refused()
    {
        _folder.Write("a.jpg", []);
        _folder.Write("a.png", []);

        Assert.Contains("same id", Refused(() => SegmentationDataSet.FromFolders(
            new() { Images = _folder.Root, Labels = _folder.Root }, ClassTable.FigureGround)));
    }

    [Fact]
    public void Splits_that_are_not_are_refused()
    {
        Assert.Contains("test, val, train", Assert.Throws<ArgumentException>(() => SegmentationDataSet.Bsds500("x", "all")).Message);
        Assert.Throws<ArgumentException>(() => SegmentationDataSet.Ecssd(""));
    }

    private static string Refused(Func<SegmentationDataSet> load)
    {
        var error = Assert.Throws<DataSetException>(load);
        Assert.Contains("Expected:", error.Message);
        Assert.Contains("Found:", error.Message);
        return error.Message.ReplaceLineEndings("\n");
    }
}
