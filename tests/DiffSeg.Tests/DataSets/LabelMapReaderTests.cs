using DiffSeg.DataSets;
using DiffSeg.Evaluation;
using DiffSeg.Pictures;

namespace DiffSeg.Tests.DataSets;

public sealed class LabelMapReaderTests : IDisposable
{
    private const byte Grey = 0;
    private const byte Colour = 2;
    private const byte Indexed = 3;
    private const byte GreyWithAlpha = 4;
    private const byte ColourWithAlpha = 6;
    private const ushort None = LabelMap.Ignored;

    private static readonly byte[] RoadAndSky = [128, 64, 128, 70, 130, 180, 0, 0, 0];

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Grey)]
    [InlineData(Indexed)]
    public void Index_pictures_are_read_through_the_table(byte kind)
    {
        string file = _folder.WritePng("a.png", 2, 3, kind, 0, 156, 255, 15, 90, 181);

        LabelMap map = Read(file, ClassTable.CocoStuff27);

        Assert.Equal((2, 3), (map.Height, map.Width));
        Assert.Equal(new ushort[] { 9, 23, None, 7, 4, 24 }, map.Classes.ToArray());
        Assert.Equal(new ushort[] { 0, 156, 255, 15, 90, 181 }, Read(file).Classes.ToArray());
    }

    [Theory]
    [InlineData(1, new byte[] { 0b0110_0000 }, new ushort[] { 0, 1, 1 })]
    [InlineData(2, new byte[] { 0b01_10_11_00 }, new ushort[] { 1, 2, None })]
    [InlineData(4, new byte[] { 0x12, 0x30 }, new ushort[] { 1, 2, None })]
    [InlineData(16, new byte[] { 0, 1, 0x12, 0x34, 0, 3 }, new ushort[] { 1, 4, None })]
    public void Pictures_of_every_depth_are_read(byte bits, byte[] row, ushort[] classes)
    {
        ClassTable table = Table("0 zero", "1 one", "2 two", "9 nine", "4660 far", "3 void");

        Assert.Equal(classes, Read(_folder.WritePng("a.png", 1, 3, Grey, bits, [], row), table).Classes.ToArray());
    }

    [Theory]
    [InlineData(Colour, new byte[] { 70, 130, 180, 128, 64, 128, 0, 0, 0 })]
    [InlineData(ColourWithAlpha, new byte[] { 70, 130, 180, 255, 128, 64, 128, 0, 0, 0, 0, 255 })]
    public void Colour_coded_pictures_are_read_through_the_tables_colours(byte kind, byte[] row)
    {
        ClassTable table = Table("128 64 128 road", "70 130 180 sky", "0 0 0 Void");

        Assert.Equal(new ushort[] { 1, 0, None }, Read(_folder.WritePng("a.png", 1, 3, kind, row), table).Classes.ToArray());
    }

    [Fact]
    public void A_palette_is_looked_at_where_the_table_has_colours()
    {
        string file = _folder.WritePng("a.png", 1, 3, Indexed, 8, RoadAndSky, 1, 0, 2);

        Assert.Equal(new ushort[] { 1, 0, None }, Read(file, Table("128 64 128 road", "70 130 180 sky", "0 0 0 Void")).Classes.ToArray());
        Assert.Equal(new ushort[] { 1, 0, 2 }, Read(file, Table("background", "thing", "other")).Classes.ToArray());
    }

    [Fact]
    public void A_palette_that_is_too_short_is_refused()
    {
        string file = _folder.WritePng("a.png", 1, 3, Indexed, 8, RoadAndSky, 1, 0, 3);

        Refused(file, Table("128 64 128 road", "70 130 180 sky"), "entry 3 of its palette, which has 3 colours");
    }

    [Theory]
    [InlineData(Grey, 8, new byte[] { 0, 127, 128, 255 }, new ushort[] { 0, 0, 1, 1 })]
    [InlineData(Grey, 1, new byte[] { 0b0101_0000 }, new ushort[] { 0, 1, 0, 1 })]
    [InlineData(Grey, 16, new byte[] { 0, 255, 0x7F, 0x00, 0x80, 0x80, 255, 255 }, new ushort[] { 0, 0, 1, 1 })]
    [InlineData(Colour, 8, new byte[] { 0, 0, 0, 127, 127, 127, 128, 128, 128, 255, 255, 255 }, new ushort[] { 0, 0, 1, 1 })]
    [InlineData(GreyWithAlpha, 8, new byte[] { 0, 255, 127, 255, 128, 0, 255, 0 }, new ushort[] { 0, 0, 1, 1 })]
    public void Figure_is_what_is_bright(byte kind, byte bits, byte[] row, ushort[] classes)
        => Assert.Equal(
            classes,
            Read(_folder.WritePng("a.png", 1, 4, kind, bits, [], row), ClassTable.FigureGround).Classes.ToArray());

    [Fact]
    public void A_value_that_the_table_does_not_cover_is_named()
    {
        string file = _folder.WritePng("a.png", 2, 2, Grey, 0, 1, 2, 200);

        string message = Refused(file, ClassTable.CocoStuff27, "the value 200 at row 1, column 1");
        Assert.Contains("'COCO-Stuff-27' (27 classes)", message);
        Assert.Contains("'200 void'", message);
    }

    [Fact]
    public void A_map_of_another_class_count_is_named()
        => Refused(_folder.WritePng("a.png", 1, 3, Indexed, 0, 1, 21), Table("background", "cat"), "the value 21");

    [Fact]
    public void A_colour_that_the_table_does_not_cover_is_named()
    {
        string file = _folder.WritePng("a.png", 1, 2, Colour, 128, 64, 128, 128, 64, 129);

        string message = Refused(file, Table("128 64 128 road"), "the colour #804081 at row 0, column 1");
        Assert.Contains("'128 64 129 void'", message);
    }

    [Fact]
    public void Sixteen_bits_where_eight_are_expected_are_named()
    {
        string scaled = _folder.WritePng("a.png", 1, 2, Grey, 16, [], 0, 0, 7, 7);
        string instances = _folder.WritePng("b.png", 1, 2, Grey, 16, [], 0, 0, 0x65, 0x91);

        Assert.Contains("8 bits", Refused(scaled, ClassTable.Cityscapes27, "257 times 7"));
        Refused(instances, ClassTable.Cityscapes27, "instances");
    }

    [Fact]
    public void Colours_where_values_are_expected_are_refused()
    {
        string file = _folder.WritePng("a.png", 1, 1, Colour, 1, 2, 3);

        Refused(file, ClassTable.CocoStuff27, "'COCO-Stuff-27' tells classes by value");
        Refused(file, null, "there is no class table");
        Refused(
            _folder.WritePng("b.png", 1, 1, Colour, 16, [], 1, 1, 2, 2, 3, 3), Table("1 2 3 thing"), "16 bits a channel");
    }

    [Fact]
    public void Another_size_than_the_images_is_refused()
    {
        string image = _folder.WritePng("image.png", 2, 3, Colour, new byte[18]);
        string file = _folder.WritePng("a.png", 3, 2, Grey, new byte[6]);

        var error = Assert.Throws<LabelMapException>(() => LabelMapReader.Read(file, ClassTable.CocoStuff27, imagePath: image));

        Assert.Contains("is 2 x 3", error.Message);
        Assert.Contains("3 x 2", error.Message);
        Assert.Contains(image, error.Message);
        Assert.Single(LabelMapReader.Read(_folder.WritePng("b.png", 2, 3, Grey, new byte[6]), imagePath: image));
    }

    [Fact]
    public void Files_that_are_no_label_map_are_refused()
    {
        byte[] whole = File.ReadAllBytes(_folder.WritePng("a.png", 2, 2, Grey, 0, 1, 2, 3));

        Refused(_folder.Write("cut.png", whole[..^20]), null, "cut off");
        Refused(_folder.Write("empty.png", []), null, "not a PNG");
        Refused(_folder["none.png"], null, "There is no label map");
        Refused(_folder.Root, null, "cannot be read");
    }

    [Fact]
    public void What_we_write_is_read_back()
    {
        ushort[] labels = [0, 300, 7, 65534];
        using (FileStream file = File.Create(_folder["a.png"]))
        {
            LabelPng.Write(file, labels, 2, 2);
        }

        Assert.Equal(labels, Read(_folder["a.png"]).Classes.ToArray());
    }

    private static LabelMap Read(string file, ClassTable? table = null) => Assert.Single(LabelMapReader.Read(file, table));

    private static string Refused(string file, ClassTable? table, string reason)
    {
        var error = Assert.Throws<LabelMapException>(() => LabelMapReader.Read(file, table));
        Assert.Contains(reason, error.Message);
        Assert.Contains(file, error.Message);
        Assert.Equal(file, error.Path);
        return error.Message;
    }

    private ClassTable Table(params string[] lines)
    {
        File.WriteAllLines(_folder["classes.txt"], lines);
        return ClassTable.FromFile(_folder["classes.txt"]);
    }
}
