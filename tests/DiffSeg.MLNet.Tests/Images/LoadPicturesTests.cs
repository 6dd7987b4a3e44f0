using DiffSeg.MLNet.Tests.Data;
using DiffSeg.MLNet.Tests.Support;
using DiffSeg.Pictures;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Tests.Images;

public sealed class LoadPicturesTests : IDisposable
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Pictures_are_those_of_LoadImages()
    {
        Write("a.png", 8, 12);
        Write("b.png", 3, 5);
        IDataView data = Data("a.png", "b.png");
        var both = _ml.Transforms.LoadImages("Theirs", _folder.Path, "ImagePath")
            .Append(_ml.Transforms.LoadPictures("Ours", "ImagePath", _folder.Path));

        IDataView loaded = both.Fit(data).Transform(data);

        Assert.Equal(["ImagePath", "Theirs", "Ours", "OursStatus"], loaded.Schema.Select(column => column.Name));
        Assert.Equal(
            RowValues.Read(loaded, "Theirs").Select(line => line.Replace("Theirs", "Ours", StringComparison.Ordinal)),
            RowValues.Read(loaded, "Ours"));
        Assert.Equal(Kinds("Theirs"), Kinds("Ours"));
        Assert.Equal([(8, 12), (3, 5)], loaded.GetColumn<MLImage>("Ours").Select(picture => (picture.Height, picture.Width)));

        IEnumerable<(MLPixelFormat, string)> Kinds(string column)
            => loaded.GetColumn<MLImage>(column).Select(picture => (picture.PixelFormat, picture.Tag));
    }

    [Fact]
    public void Each_reader_of_a_row_has_a_picture_of_its_own_and_hands_it_back()
    {
        Write("a.png", 8, 12);
        Write("b.png", 3, 5);
        IDataView loaded = Loaded(null, "a.png", "b.png");
        using DataViewRowCursor cursor = loaded.GetRowCursor([loaded.Schema["Photo"]]);
        ValueGetter<MLImage> getter = cursor.GetGetter<MLImage>(loaded.Schema["Photo"]);
        MLImage first = null!, second = null!;
        cursor.MoveNext();
        getter(ref first);
        getter(ref second);
        Assert.NotSame(first, second);
        MLImage handedBack = first;

        cursor.MoveNext();
        getter(ref first);

        Assert.Equal((3, 8), (first.Height, second.Height));
        Assert.Throws<InvalidOperationException>(() => handedBack.Width);
        first.Dispose();
        second.Dispose();
    }

    [Fact]
    public void Limits_are_those_given()
    {
        Write("a.png", 8, 12);
        Assert.Equal([""], Loaded(new() { MaxPixels = 96 }, "a.png").GetColumn<string>("PhotoStatus"));
        Assert.Equal(
            ["is 12 x 8 pixels, more than the limit of 95 in all"],
            Loaded(new() { MaxPixels = 95 }, "a.png").GetColumn<string>("PhotoStatus"));
        IDataView tooLong = Loaded(new() { MaxFileBytes = 20 }, "a.png");
        Assert.EndsWith("more than the limit of 20", tooLong.GetColumn<string>("PhotoStatus").Single());
        Assert.Equal([(1, 1)], tooLong.GetColumn<MLImage>("Photo").Select(picture => (picture.Height, picture.Width)));
    }

    [Fact]
    public void Saved_step_keeps_folder_and_limits()
    {
        Write("a.png", 8, 12);
        Write("b.png", 3, 5);
        IDataView data = Data("a.png", "b.png", "gone.png");
        var step = _ml.Transforms.LoadPictures("Photo", "ImagePath", _folder.Path, new() { MaxPixels = 50 });
        _ml.Model.Save(step.Fit(data), data.Schema, _folder.File("model.zip"));

        IDataView loaded = _ml.Model.Load(_folder.File("model.zip"), out _).Transform(data);

        Assert.Equal(
            ["is 12 x 8 pixels, more than the limit of 50 in all", "", "is not there"], loaded.GetColumn<string>("PhotoStatus"));
        Assert.Equal([1, 3, 1], loaded.GetColumn<MLImage>("Photo").Select(picture => picture.Height));
    }

    [Fact]
    public void Missing_folder_and_empty_names_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => _ml.Transforms.LoadPictures("Photo", "ImagePath", "no-such-folder"));
        Assert.Equal("imageFolder", error.ParamName);
        Assert.Contains("no-such-folder", error.Message);
        Assert.Throws<ArgumentException>(() => _ml.Transforms.LoadPictures("", "ImagePath"));
        Assert.Throws<ArgumentException>(() => _ml.Transforms.LoadPictures("Photo", ""));
    }

    private IDataView Loaded(PictureLimits? limits, params string[] names)
    {
        IDataView data = Data(names);
        return _ml.Transforms.LoadPictures("Photo", "ImagePath", _folder.Path, limits).Fit(data).Transform(data);
    }

    private IDataView Data(params string[] names)
        => _ml.Data.LoadFromEnumerable(names.Select(name => new ImageSource { ImagePath = name }));

    private void Write(string name, int height, int width)
        => PictureFiles.WritePng(_folder.File(name), height, width, 3, (y, x, channel) => (byte)(10 + (20 * y) + (3 * x) + channel));
}
