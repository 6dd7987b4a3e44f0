using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Tests.Support;
using DiffSeg.Onnx.Weights;

namespace DiffSeg.Onnx.Tests.Format;

/// <summary>Where a model may say that its weights lie, and what becomes of that.</summary>
public sealed class ExternalDataTests : IDisposable
{
    private const int Count = 1000;

    private readonly TemporaryFolder _outside = new();
    private readonly string _folder;

    public ExternalDataTests()
    {
        _folder = _outside.File("model");
        Directory.CreateDirectory(Path.Combine(_folder, "sub"));
    }

    public void Dispose() => _outside.Dispose();

    [Fact]
    public void Reference_has_full_path_offset_and_length()
    {
        byte[] bytes = WriteWeights("weights.pb");

        TensorProto tensor = Read(("location", "weights.pb"), ("offset", "8"), ("length", "4000"));

        Assert.Equal((Path.Combine(_folder, "weights.pb"), 8, 4000), TensorReference.Of(tensor));
        Assert.Equal(bytes[8..4008], TensorReference.ReadBytes(tensor));
    }

    [Fact]
    public void Offset_and_length_may_be_left_out()
    {
        WriteWeights("weights.pb");

        Assert.Equal((Path.Combine(_folder, "weights.pb"), 0, 4000), TensorReference.Of(Read(("location", "weights.pb"))));
    }

    [Fact]
    public void Each_tensor_may_have_a_file_of_its_own()
    {
        ModelProto model = TestModels.Valid();
        for (int i = 0; i < 50; i++)
        {
            File.WriteAllBytes(Path.Combine(_folder, $"tensor.{i}"), [.. Enumerable.Repeat((byte)i, 4 * Count)]);
            TensorProto tensor = Tensor(("location", $"tensor.{i}"));
            tensor.Name = $"{i}";
            model.Graph.Initializer.Add(tensor);
        }

        ModelProto read = OnnxModelFile.Read(Save(model));
        ModelProto written = OnnxModelFile.Read(read.Write(_outside.File("written.onnx")).Path);

        Assert.Equal(50, written.Graph.Initializer.Count);
        Assert.All(written.Graph.Initializer, t => Assert.All(TensorReference.ReadBytes(t), b => Assert.Equal(int.Parse(t.Name), b)));
    }

    [Theory]
    [InlineData("sub/weights.pb")]
    [InlineData("./weights.pb")]
    [InlineData("sub/../weights.pb")]
    [InlineData("sub/../../model/weights.pb")]
    public void Any_path_inside_the_folder_will_do(string location)
    {
        byte[] bytes = WriteWeights(location);

        Assert.Equal(bytes[..4000], TensorReference.ReadBytes(Read(("location", location))));
    }

    [Fact]
    public void Links_inside_the_folder_will_do()
    {
        byte[] bytes = WriteWeights("sub/weights.pb");
        File.CreateSymbolicLink(Path.Combine(_folder, "link.pb"), "sub/weights.pb");
        Directory.CreateSymbolicLink(_outside.File("elsewhere"), _folder);

        string path = Save(ModelWith(Tensor(("location", "link.pb"))));
        TensorProto tensor = OnnxModelFile.Read(Path.Combine(_outside.File("elsewhere"), Path.GetFileName(path))).Graph.Initializer[0];

        Assert.Equal(bytes[..4000], TensorReference.ReadBytes(tensor));
    }

    [Fact]
    public void Caches_that_keep_all_files_of_a_model_behind_links_will_do()
    {
        string blobs = Directory.CreateDirectory(_outside.File("blobs")).FullName;
        string snapshot = Directory.CreateDirectory(_outside.File("snapshots/1/unet")).FullName;
        byte[] bytes = WriteWeights("../blobs/0a1b");
        File.Move(Save(ModelWith(Tensor(("location", "weights.pb")))), Path.Combine(blobs, "2c3d"));
        string path = Path.Combine(snapshot, "model.onnx");
        File.CreateSymbolicLink(path, "../../../blobs/2c3d");
        File.CreateSymbolicLink(Path.Combine(snapshot, "weights.pb"), "../../../blobs/0a1b");

        TensorProto tensor = OnnxModelFile.Read(path).Graph.Initializer[0];

        Assert.Equal(bytes[..4000], TensorReference.ReadBytes(tensor));
    }

    [Theory]
    [InlineData("../weights.pb", "leads out")]
    [InlineData("sub/../../weights.pb", "leads out")]
    [InlineData("../model-2/weights.pb", "leads out")]
    [InlineData("..", "leads out")]
    [InlineData("/etc/passwd", "full path")]
    [InlineData("", "no name")]
    [InlineData("a\0b", "")]
    [InlineData("link.pb", "link to")]
    [InlineData("linked/weights.pb", "link to")]
    public void A_place_outside_the_folder_is_refused(string location, string found)
    {
        WriteWeights("../weights.pb");
        WriteWeights("../model-2/weights.pb");
        File.CreateSymbolicLink(Path.Combine(_folder, "link.pb"), "../weights.pb");
        Directory.CreateSymbolicLink(Path.Combine(_folder, "linked"), _outside.File("model-2"));

        var error = Assert.Throws<AttentionModelException>(() => Read(("location", location)));

        Assert.Contains(found, error.Found);
        Assert.Contains("in the model's folder", error.Expected);
        Assert.Contains("refused", error.Advice);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var error = Assert.Throws<AttentionModelException>(() => Read(("location", "weights.pb")));

        Assert.Contains("'weights.pb'", error.Expected);
        Assert.Contains("'w'", error.Expected);
        Assert.Equal("no such file", error.Found);
    }

    [Fact]
    public void A_folder_is_no_file()
    {
        Assert.Equal("a folder", Assert.Throws<AttentionModelException>(() => Read(("location", "sub"))).Found);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("97")]
    [InlineData("4096")]
    [InlineData("9223372036854775807")]
    public void A_file_that_is_too_short_is_an_error_with_both_lengths(string offset)
    {
        File.WriteAllBytes(Path.Combine(_folder, "weights.pb"), [.. Enumerable.Range(0, 3999).Select(i => (byte)(i * 7 + 128))]);

        var error = Assert.Throws<AttentionModelException>(() => Read(("location", "weights.pb"), ("offset", offset)));

        Assert.Contains($"4000 bytes at {offset}", error.Expected);
        Assert.Contains("3999 bytes", error.Found);
    }

    [Fact]
    public void A_pointer_that_Git_left_is_called_that()
    {
        File.WriteAllText(Path.Combine(_folder, "weights.pb"), "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 4000\n");

        var error = Assert.Throws<AttentionModelException>(() => Read(("location", "weights.pb")));

        Assert.Contains("Git LFS", error.Found);
    }

    [Theory]
    [InlineData("offset", "-1")]
    [InlineData("offset", "1e3")]
    [InlineData("offset", "99999999999999999999")]
    [InlineData("length", "many")]
    [InlineData("length", "3996")]
    public void An_entry_that_makes_no_sense_is_an_error(string key, string value)
    {
        WriteWeights("weights.pb");

        var error = Assert.Throws<AttentionModelException>(() => Read(("location", "weights.pb"), (key, value)));

        Assert.Contains(value, error.Found);
    }

    private static TensorProto Tensor(params (string Key, string Value)[] entries) => new()
    {
        Name = "w",
        DataType = (int)TensorProto.Types.ElementType.Float,
        Dims = { Count },
        DataLocation = TensorProto.Types.DataLocation.External,
        ExternalData = { entries.Select(e => new MetadataEntryProto { Key = e.Key, Value = e.Value }) },
    };

    private static ModelProto ModelWith(TensorProto tensor)
    {
        ModelProto model = TestModels.Valid();
        model.Graph.Initializer.Add(tensor);
        return model;
    }

    private TensorProto Read(params (string Key, string Value)[] entries) =>
        OnnxModelFile.Read(Save(ModelWith(Tensor(entries)))).Graph.Initializer.Single();

    private string Save(ModelProto model)
    {
        string path = model.Save(_outside), moved = Path.Combine(_folder, "model.onnx");
        File.Move(path, moved, overwrite: true);
        return moved;
    }

    private byte[] WriteWeights(string location)
    {
        var bytes = new byte[4096];
        new Random(5).NextBytes(bytes);
        string path = Path.Combine(_folder, location);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return bytes;
    }
}
