using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Tests.Support;
using DiffSeg.Onnx.Weights;

namespace DiffSeg.Onnx.Tests.Weights;

/// <summary>Writing that does not come to its end leaves what was there, and nothing else.</summary>
public sealed class BrokenWritingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ModelProto _model = WeightedNetwork.Make();
    private readonly string _path;

    public BrokenWritingTests() => _path = _folder.File("m.onnx");

    public void Dispose() => _folder.Dispose();

    public static TheoryData<WeightStorage, long> Forms => new()
    {
        { WeightStorage.Float32, 0 },
        { WeightStorage.Float32, 1 << 30 },
        { WeightStorage.Float16, 0 },
        { WeightStorage.Int8, 1 << 30 },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Cancelled_at_any_point_the_old_model_stays(WeightStorage storage, long limit)
    {
        float[] expected = WriteOld();
        string[] before = Files();
        var reports = new Reaction(_ => { });
        Write(storage, limit, reports, TestContext.Current.CancellationToken);
        Assert.InRange(reports.Count, 5, 100);
        float[] later = WeightedNetwork.Run(_path);

        for (int stop = 1; stop < reports.Count; stop++)
        {
            WriteOld();
            using var source = new CancellationTokenSource();
            var cancelling = new Reaction(count =>
            {
                if (count == stop)
                {
                    source.Cancel();
                }
            });

            Assert.ThrowsAny<OperationCanceledException>(() => Write(storage, limit, cancelling, source.Token));

            Assert.Equal(before, Files());
            Assert.Equal(expected, WeightedNetwork.Run(_path));
        }

        Assert.NotEqual(expected, later);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Weights_that_vanish_in_the_middle_are_an_error_and_the_old_model_stays(WeightStorage storage, long limit)
    {
        float[] expected = WriteOld();
        string[] before = Files();
        using var sources = new TemporaryFolder();
        WrittenModel source = _model.Write(sources.File("source.onnx"));
        ModelProto model = OnnxModelFile.Read(source.Path);
        using (FileStream data = File.OpenWrite(source.DataPath!))
        {
            data.SetLength(data.Length / 2);
        }

        var error = Assert.Throws<AttentionModelException>(() => model.Write(_path, storage, limit));

        Assert.Equal(source.DataPath, error.ModelPath);
        Assert.Equal(before, Files());
        Assert.Equal(expected, WeightedNetwork.Run(_path));
    }

    [Fact]
    public void A_name_that_cannot_be_given_takes_the_data_away_again()
    {
        Directory.CreateDirectory(_path);
        File.WriteAllText(Path.Combine(_path, "inside"), "");

        Assert.ThrowsAny<SystemException>(() => _model.Write(_path));

        Assert.Empty(Files());
    }

    [Fact]
    public void Data_gets_its_name_before_the_model()
    {
        float[] expected = WriteOld();
        string[] before = Files();
        string data = _folder.File("m-12345678.onnx.data");
        using (var pending = new PendingModel(_path))
        {
            pending.WriteData(s => s.WriteByte(1));

            // The model is not there to be renamed. Had it been renamed first, the data would still be under its temporary name.
            Assert.Throws<FileNotFoundException>(() => pending.Commit(data));
            Assert.Equal(before, Files());
        }

        Assert.Equal(before, Files());
        Assert.Equal(expected, WeightedNetwork.Run(_path));
    }

    [Fact]
    public void Data_that_the_old_model_shares_is_not_taken_away()
    {
        float[] expected = WriteOld();
        string data = Files().Single(f => f.EndsWith(".data", StringComparison.Ordinal));
        using (var pending = new PendingModel(_path))
        {
            pending.WriteData(s => s.Write(File.ReadAllBytes(data)));
            Assert.Throws<FileNotFoundException>(() => pending.Commit(data));
        }

        Assert.Equal(expected, WeightedNetwork.Run(_path));
    }

    [Fact]
    public void A_folder_that_is_missing_is_an_error()
    {
        Assert.Throws<DirectoryNotFoundException>(() => _model.Write(_folder.File("missing/m.onnx")));
    }

    [Fact]
    public void A_disk_without_room_is_an_error_that_names_both_sizes()
    {
        using var disk = new SmallDisk(_folder, kibibytes: 64);
        string path = Path.Combine(disk.Path, "m.onnx");

        foreach (long limit in (long[])[0, 1 << 30])
        {
            var error = Assert.Throws<AttentionModelException>(() => _model.Write(path, WeightStorage.Float32, limit));

            Assert.Matches("^0\\.\\d MB of free space", error.Expected);
            Assert.Equal("0.1 MB", error.Found);
            Assert.Contains("store the weights smaller", error.Advice);
            Assert.Empty(Directory.GetFiles(disk.Path));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1 << 30)]
    public void A_disk_that_fills_up_in_the_middle_is_an_error_and_the_old_model_stays(long limit)
    {
        using var disk = new SmallDisk(_folder, kibibytes: 512);
        string path = Path.Combine(disk.Path, "m.onnx"), filler = Path.Combine(disk.Path, "filler");
        float[] expected = WeightedNetwork.Run(_model.Write(path, WeightStorage.Int8).Path);
        string[] before = Directory.GetFiles(disk.Path);
        var filling = new Reaction(count =>
        {
            if (count == 2)
            {
                disk.Fill(filler);
            }
        });

        var error = Assert.Throws<AttentionModelException>(() => _model.Write(path, WeightStorage.Float32, limit, filling));

        Assert.Contains("free space", error.Expected);
        Assert.NotNull(error.InnerException);
        File.Delete(filler);
        Assert.Equal(before.Order(), Directory.GetFiles(disk.Path).Order());
        Assert.Equal(expected, WeightedNetwork.Run(path));
    }

    private float[] WriteOld() => WeightedNetwork.Run(_model.Write(_path, WeightStorage.Int8).Path);

    private string[] Files() => [.. Directory.GetFiles(_folder.Path).Order()];

    private void Write(WeightStorage storage, long limit, IProgress<double> progress, CancellationToken cancellationToken)
    {
        // Other weights than the old model's, so that every file of the new one differs.
        ModelProto other = _model.Clone();
        other.SetWeight("matmul", v => [.. v.Select(x => 2 * x)]);
        OnnxModelWriter.Write(other, _path, storage, limit, progress, cancellationToken);
    }

    private sealed class Reaction(Action<int> react) : IProgress<double>
    {
        public int Count { get; private set; }

        public void Report(double value) => react(++Count);
    }
}
