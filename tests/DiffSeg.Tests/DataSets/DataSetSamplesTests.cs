using DiffSeg.DataSets;
using DiffSeg.Evaluation;

namespace DiffSeg.Tests.DataSets;

/// <summary>The samples of public data sets, on machines that have them.</summary>
public class DataSetSamplesTests
{
    [Fact]
    public void Coco_stuff_samples_are_read()
    {
        SegmentationDataSet data = SegmentationDataSet.CocoStuff27(Sample("coco-stuff"), "all");

        Assert.Equal(["000000000139", "000000000785", "000000001268", "000000001490"], data.Samples.Select(sample => sample.Id));
        foreach (SegmentationSample sample in data.Samples)
        {
            LabelMap map = Assert.Single(sample.ReadLabelMaps());
            LabelMap square = Assert.Single(sample.ReadLabelMaps(LabelMapGeometry.CentreSquare(512)));
            Assert.Equal(640, map.Width);
            Assert.Equal((512, 512), (square.Height, square.Width));
            Assert.InRange(map.PresentClasses().Count, 2, 27);
            Assert.Subset(map.PresentClasses().ToHashSet(), square.PresentClasses().ToHashSet());
        }

        // A surfer on the water; a skier in the snow.
        Assert.Contains("water (stuff)", Names(data.Samples[3]));
        Assert.Contains("person (things)", Names(data.Samples[1]));
    }

    [Fact]
    public void Cityscapes_samples_are_read()
    {
        SegmentationDataSet data = SegmentationDataSet.Cityscapes27(Sample("cityscapes"), "train");

        Assert.Equal(["aachen_000000_000019", "aachen_000001_000019"], data.Samples.Select(sample => sample.Id));
        foreach (SegmentationSample sample in data.Samples)
        {
            LabelMap map = Assert.Single(sample.ReadLabelMaps());
            Assert.Equal((1024, 2048), (map.Height, map.Width));
            Assert.Contains("road", Names(sample));
            Assert.Contains("building", Names(sample));
        }
    }

    [Fact]
    public void The_curated_list_is_the_published_one()
    {
        string list = Path.Combine(Sample("coco-stuff"), "val-subset-2175.txt");

        Assert.Equal(File.ReadLines(list), SegmentationDataSet.CuratedIds());
    }

    private static string Sample(string name)
    {
        string folder = Path.Combine(TestFolder.Samples, name);
        Assert.SkipUnless(Directory.Exists(folder), $"There is no '{folder}'.");
        return folder;
    }

    private static IEnumerable<string> Names(SegmentationSample sample)
    {
        ClassTable table = sample.LabelPath.Contains("gtFine") ? ClassTable.Cityscapes27 : ClassTable.CocoStuff27;
        return sample.ReadLabelMaps()[0].PresentClasses().Select(value => table.Classes[value]);
    }
}
