using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Tests.Support;
using DiffSeg.Onnx.Weights;

namespace DiffSeg.Onnx.Tests.Weights;

/// <summary>Which files are there after a model was written, or was not.</summary>
public sealed class OnnxModelWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ModelProto _model = WeightedNetwork.Make();
    private readonly string _path;

    public OnnxModelWriterTests() => _path = _folder.File("m.onnx");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Weights_up_to_the_limit_stay_in_the_model()
    {
        const int Bytes = 4 * (64 * 72 + 64 * 128 + 96 * 128 + 96 * 96 + 80 * 96 + 1024);

        Assert.Null(_model.Write(_path, singleFileLimit: Bytes).DataPath);
        Assert.NotNull(_model.Write(_path, singleFileLimit: Bytes - 1).DataPath);
    }

    [Fact]
    public void Model_and_data_have_names_that_belong_together()
    {
        WrittenModel written = _model.Write(_path);

        Assert.Matches("^m-[0-9a-f]{8}\\.onnx\\.data$", Path.GetFileName(written.DataPath));
        Assert.Equal(new[] { _path, written.DataPath }.Order(), Directory.GetFiles(_folder.Path).Order());
        string[] locations =
        [
            .. ModelProto.Parser.ParseFrom(File.ReadAllBytes(_path)).Graph.Initializer
                .SelectMany(t => t.ExternalData).Where(e => e.Key == "location").Select(e => e.Value).Distinct(),
        ];
        Assert.Equal([Path.GetFileName(written.DataPath)], locations);
    }

    [Fact]
    public void Large_tensors_begin_on_a_page_and_small_ones_on_64_bytes()
    {
        _model.Graph.Initializer.Add(TensorReference.FromFloats("large", [1 << 18], new float[1 << 18]));
        _model.Graph.Initializer.Add(TensorReference.FromFloats("odd", [1025], new float[1025]));
        _model.Graph.Initializer.Add(TensorReference.FromFloats("next", [1025], new float[1025]));

        ModelProto read = OnnxModelFile.Read(_model.Write(_path).Path);

        Assert.Equal(0, TensorReference.Of(read.Weight("large")).Offset % 4096);
        Assert.All(read.Graph.Initializer.Where(TensorReference.IsExternal), t => Assert.Equal(0, TensorReference.Of(t).Offset % 64));
    }

    [Theory]
    [InlineData(WeightStorage.Float32)]
    [InlineData(WeightStorage.Float16)]
    [InlineData(WeightStorage.Int8)]
    public void The_same_model_gives_the_same_bytes(WeightStorage storage)
    {
        WrittenModel first = _model.Write(_path, storage);
        byte[] model = File.ReadAllBytes(first.Path), data = File.ReadAllBytes(first.DataPath!);

        WrittenModel second = _model.Write(_path, storage);

        Assert.Equal(first, second);
        Assert.Equal(model, File.ReadAllBytes(second.Path));
        Assert.Equal(data, File.ReadAllBytes(second.DataPath!));
    }

    [Fact]
    public void A_new_model_takes_the_place_of_an_old_one_and_of_its_data()
    {
        WrittenModel old = _model.Write(_path);
        File.WriteAllText(_folder.File("m-00000000.onnx.data"), "not this model's");

        WrittenModel written = _model.Write(_path, WeightStorage.Float16);

        Assert.NotEqual(old.DataPath, written.DataPath);
        Assert.False(File.Exists(old.DataPath));
        Assert.True(File.Exists(_folder.File("m-00000000.onnx.data")));
        Assert.Equal(3, Directory.GetFiles(_folder.Path).Length);

        _model.Write(_path, singleFileLimit: 1 << 30);

        Assert.False(File.Exists(written.DataPath));
        Assert.Equal(2, Directory.GetFiles(_folder.Path).Length);
    }

    [Fact]
    public void Only_data_that_was_written_here_is_removed_with_an_old_model()
    {
        WrittenModel export = _model.Write(_path);
        File.Move(export.DataPath!, _folder.File("weights.pb"));
        ModelProto model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(_path));
        foreach (MetadataEntryProto entry in model.Graph.Initializer.SelectMany(t => t.ExternalData).Where(e => e.Key == "location"))
        {
            entry.Value = "weights.pb";
        }

        File.Move(model.Save(_folder), _path, overwrite: true);

        OnnxModelFile.Read(_path).Write(_path, WeightStorage.Int8);

        Assert.True(File.Exists(_folder.File("weights.pb")));
        Assert.Equal(3, Directory.GetFiles(_folder.Path).Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1 << 30)]
    public void A_model_can_be_rewritten_in_its_own_place(long limit)
    {
        float[] expected = WeightedNetwork.Run(_model.Write(_path, singleFileLimit: limit).Path);

        OnnxModelFile.Read(_path).Write(_path, WeightStorage.Float32, (1 << 30) - limit);

        Assert.Equal(expected, WeightedNetwork.Run(_path));
        Assert.Equal(limit == 0 ? 1 : 2, Directory.GetFiles(_folder.Path).Length);
    }

    [Theory]
    [InlineData(WeightStorage.Float32)]
    [InlineData(WeightStorage.Float16)]
    [InlineData(WeightStorage.Int8)]
    public void Progress_rises_to_the_whole(WeightStorage storage)
    {
        var seen = new Recorder();

        _model.Write(_path, storage, progress: seen);

        Assert.Equal(seen.Order(), seen);
        Assert.InRange(seen[0], 0, 0.5);
        Assert.InRange(seen[^2], 0.9, 1);
        Assert.Equal(1, seen[^1]);
    }

    [Fact]
    public void The_model_that_was_given_stays_as_it_is()
    {
        ModelProto before = _model.Clone();

        _model.Write(_path, WeightStorage.Int8);

        Assert.Equal(before, _model);
    }

    private sealed class Recorder : List<double>, IProgress<double>
    {
        public void Report(double value) => Add(value);
    }
}
