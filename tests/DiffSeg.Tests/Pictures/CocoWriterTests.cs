using System.Text.Json;
using DiffSeg.Pictures;

namespace DiffSeg.Tests.Pictures;

public class CocoWriterTests
{
    [Fact]
    public void File_lists_pictures_segments_and_the_category()
    {
        JsonElement file = Write(writer =>
        {
            writer.Add("first.jpg", [1, 0, 0, 1, 1, 0], 2, 3);
            writer.Add("über <2>.png", [7], 1, 1);
        });

        Assert.Equal("made by a test", file.GetProperty("info").GetProperty("description").GetString());
        Assert.Equal(
            ["""{"id":1,"file_name":"first.jpg","height":2,"width":3}""", """{"id":2,"file_name":"über <2>.png","height":1,"width":1}"""],
            Texts(file, "images"));
        Assert.Equal(
            [
                """{"id":1,"image_id":1,"category_id":1,"segment_id":0,"segmentation":{"size":[2,3],"counts":"2111"},"area":3,"bbox":[1,0,2,2],"iscrowd":0}""",
                """{"id":2,"image_id":1,"category_id":1,"segment_id":1,"segmentation":{"size":[2,3],"counts":"021O1"},"area":3,"bbox":[0,0,2,2],"iscrowd":0}""",
                """{"id":3,"image_id":2,"category_id":1,"segment_id":7,"segmentation":{"size":[1,1],"counts":"01"},"area":1,"bbox":[0,0,1,1],"iscrowd":0}""",
            ],
            Texts(file, "annotations"));
        Assert.Equal(["""{"id":1,"name":"segment","supercategory":"segment"}"""], Texts(file, "categories"));
    }

    [Fact]
    public void The_background_gets_no_annotation()
    {
        JsonElement file = Write(writer =>
        {
            writer.Add("a.jpg", [1, 0, 0, 1, 1, 0], 2, 3, background: 0);
            writer.Add("b.jpg", [1, 0, 0, 1, 1, 0], 2, 3);
        });

        Assert.Equal(
            [(1, 1), (2, 0), (2, 1)],
            file.GetProperty("annotations").EnumerateArray().Select(a => (a.GetProperty("image_id").GetInt32(), a.GetProperty("segment_id").GetInt32())));
    }

    [Fact]
    public void Masks_come_back_from_the_file()
    {
        var random = new Random(11);
        ushort[] labels = [.. Enumerable.Range(0, 30 * 40).Select(i => (ushort)((i / 40 / 7) + random.Next(2)))];

        JsonElement file = Write(writer => writer.Add("a.jpg", labels, 30, 40));

        var read = new ushort[labels.Length];
        foreach (JsonElement annotation in file.GetProperty("annotations").EnumerateArray())
        {
            JsonElement code = annotation.GetProperty("segmentation");
            byte[] mask = CocoRle.Parse(code.GetProperty("counts").GetString(), code.GetProperty("size")[0].GetInt32(), code.GetProperty("size")[1].GetInt32()).Decode();
            for (int i = 0; i < mask.Length; i++)
            {
                read[i] += (ushort)(mask[i] * annotation.GetProperty("segment_id").GetInt32());
            }

            Assert.Equal(mask.Sum(value => value), annotation.GetProperty("area").GetInt32());
        }

        Assert.Equal(labels, read);
    }

    [Fact]
    public void File_without_pictures_is_whole()
    {
        JsonElement file = Write(_ => { });

        Assert.Empty(Texts(file, "images"));
        Assert.Empty(Texts(file, "annotations"));
    }

    [Fact]
    public void Complete_file_takes_no_more()
    {
        using var writer = new CocoWriter(new MemoryStream(), "d");
        writer.Complete();
        writer.Complete();

        Assert.Contains("complete", Assert.Throws<InvalidOperationException>(() => writer.Add("a.jpg", [1], 1, 1)).Message);
    }

    [Fact]
    public void Missing_arguments_are_named()
    {
        Assert.Throws<ArgumentNullException>("stream", () => new CocoWriter(null!, "d"));
        Assert.Throws<ArgumentNullException>("description", () => new CocoWriter(Stream.Null, null!));
        using var writer = new CocoWriter(Stream.Null, "d");
        Assert.Throws<ArgumentNullException>("fileName", () => writer.Add(null!, [1], 1, 1));
        Assert.Throws<ArgumentException>("labels", () => writer.Add("a.jpg", [1, 2], 1, 1));
    }

    private static JsonElement Write(Action<CocoWriter> add)
    {
        var stream = new MemoryStream();
        using (var writer = new CocoWriter(stream, "made by a test"))
        {
            add(writer);
            writer.Complete();
        }

        return JsonDocument.Parse(stream.ToArray()).RootElement;
    }

    private static string[] Texts(JsonElement file, string name) =>
        [.. file.GetProperty(name).EnumerateArray().Select(element => element.GetRawText())];
}
