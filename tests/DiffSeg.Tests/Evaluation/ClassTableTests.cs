using System.Text.Json;
using DiffSeg.Evaluation;
using DiffSeg.Pictures;
using DiffSeg.Tests.Goldens;

namespace DiffSeg.Tests.Evaluation;

public class ClassTableTests
{
    private static readonly string Samples =
        Path.GetFullPath(Path.Combine(GoldenFolders.Repository, "..", "shared", "datasets"));

    [Fact]
    public void Coco_stuff_has_27_classes_for_182()
    {
        ClassTable table = ClassTable.CocoStuff27;

        Assert.Equal(27, table.Classes.Count);
        Assert.Equal(27, table.Classes.Distinct().Count());
        Assert.Equal(Enumerable.Range(0, 27), Enumerable.Range(0, 182).Select(value => (int)table.ClassOf(value)).Distinct().Order());
        Assert.Equal("person (things)", table.Classes[table.ClassOf(0)]);
        Assert.Equal("animal (things)", table.Classes[table.ClassOf(16)]);
        Assert.Equal("sky (stuff)", table.Classes[table.ClassOf(156)]);
        Assert.Equal(LabelMap.Ignored, table.ClassOf(255));
        Assert.Contains("182", Assert.Throws<KeyNotFoundException>(() => table.ClassOf(182)).Message);
    }

    [Fact]
    public void Coco_stuff_is_the_published_grouping()
    {
        string file = Path.Combine(Samples, "coco-stuff", "fine-to-coarse-27.json");
        Assert.SkipUnless(File.Exists(file), $"There is no '{file}'.");
        using var json = JsonDocument.Parse(File.ReadAllText(file));
        foreach (JsonProperty fine in json.RootElement.GetProperty("fine_index_to_coarse_index").EnumerateObject())
        {
            Assert.Equal(fine.Value.GetInt32(), ClassTable.CocoStuff27.ClassOf(int.Parse(fine.Name)));
        }
    }

    [Fact]
    public void Cityscapes_has_27_classes_from_label_7()
    {
        ClassTable table = ClassTable.Cityscapes27;

        Assert.Equal(27, table.Classes.Count);
        Assert.All(Enumerable.Range(0, 7).Append(255), value => Assert.Equal(LabelMap.Ignored, table.ClassOf(value)));
        Assert.All(Enumerable.Range(0, 27), i => Assert.Equal(i, table.ClassOf(i + 7)));
        Assert.Equal("road", table.Classes[table.ClassOf(7)]);
        Assert.Equal("sky", table.Classes[table.ClassOf(23)]);
        Assert.Equal("bicycle", table.Classes[table.ClassOf(33)]);
        Assert.Throws<KeyNotFoundException>(() => table.ClassOf(34));
    }

    [Fact]
    public void Figure_begins_at_half_the_brightness()
    {
        Assert.Equal([0, 0, 1, 1], new[] { 0, 127, 128, 255 }.Select(value => (int)ClassTable.FigureGround.ClassOf(value)));
    }

    [Fact]
    public void Values_and_names_are_read()
    {
        ClassTable table = Read("# my classes", "", "7 road", "8\tside  walk", "11: car", "12 2 wheels", "3 Void", "20 road");

        Assert.Equal(["road", "side  walk", "car", "2 wheels"], table.Classes);
        Assert.Equal([0, 1, 2, 3, 0], new[] { 7, 8, 11, 12, 20 }.Select(value => (int)table.ClassOf(value)));
        Assert.Equal(LabelMap.Ignored, table.ClassOf(3));
        Assert.Equal(LabelMap.Ignored, table.ClassOf(255));
        Assert.False(table.TellsByColour);
        Assert.Throws<KeyNotFoundException>(() => table.ClassOf(0));
        Assert.Throws<InvalidOperationException>(() => table.ClassOf(Rgb.White));
    }

    [Fact]
    public void Colours_and_names_are_read()
    {
        ClassTable table = Read("64 128 64\tAnimal", "192 0 128\t\tArchway", "0 0 0 Void");

        Assert.Equal(["Animal", "Archway"], table.Classes);
        Assert.True(table.TellsByColour);
        Assert.Equal(1, table.ClassOf(new Rgb(192, 0, 128)));
        Assert.Equal(LabelMap.Ignored, table.ClassOf(new Rgb(0, 0, 0)));
        Assert.Contains("#FFFFFF", Assert.Throws<KeyNotFoundException>(() => table.ClassOf(Rgb.White)).Message);
        Assert.Throws<InvalidOperationException>(() => table.ClassOf(1));
    }

    [Fact]
    public void Names_alone_are_numbered_by_their_place()
    {
        ClassTable table = Read("background", "aeroplane", "", "dining table", "void");

        Assert.Equal(["background", "aeroplane", "dining table"], table.Classes);
        Assert.Equal(2, table.ClassOf(2));
        Assert.Equal(LabelMap.Ignored, table.ClassOf(3));
        Assert.Equal(LabelMap.Ignored, table.ClassOf(255));
    }

    [Fact]
    public void A_line_may_name_255()
    {
        Assert.Equal(1, Read("0 background", "255 object").ClassOf(255));
    }

    [Theory]
    [InlineData("names no class", "# nothing")]
    [InlineData("names no class", "0 void")]
    [InlineData("Line 1", "12")]
    [InlineData("Line 2", "0 road", "sky")]
    [InlineData("Line 2", "1 2 3 road", "4 sky")]
    [InlineData("Line 2", "4 sky", "4 road")]
    [InlineData("65535; the largest", "65535 sky")]
    [InlineData("256; the largest", "0 0 256 sky")]
    public void Bad_lines_are_named(string reason, params string[] lines)
    {
        string message = Assert.Throws<FormatException>(() => Read(lines)).Message;
        Assert.Contains(reason, message);
        Assert.Contains("classes.txt", message);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        Assert.Contains("none.txt", Assert.Throws<FileNotFoundException>(() => ClassTable.FromFile("none.txt")).Message);
    }

    private static ClassTable Read(params string[] lines)
    {
        string folder = Directory.CreateTempSubdirectory("diffseg").FullName;
        try
        {
            string file = Path.Combine(folder, "classes.txt");
            File.WriteAllLines(file, lines);
            ClassTable table = ClassTable.FromFile(file);
            Assert.Equal("classes.txt", table.Name);
            return table;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
