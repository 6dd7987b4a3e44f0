using System.Globalization;
using DiffSeg.Onnx.Format;

namespace DiffSeg.Onnx.Tests.Exports;

/// <summary>Weights stored in fewer bits, and in a file of their own.</summary>
[Collection(WholeExports.Name)]
public sealed class StorageTests(BuiltModels models)
{
    private const int Side = 128;

    /// <summary>Bounds about twice what was measured with these random weights, whose attention is sharper than real.</summary>
    [Theory]
    [InlineData(WeightStorage.Float16, 0.04, 0.65)]
    [InlineData(WeightStorage.Int8, 0.06, 0.62)]
    public void Fewer_bits_move_the_attention_little(WeightStorage storage, double tolerance, double share)
    {
        ExportSet set = ExportSet.OfFamily(SdFamily.Version1);
        BuiltModel exact = models.FromImage(set, Options() with { Weights = WeightStorage.Float32 });
        BuiltModel stored = models.FromImage(set, Options() with { Weights = storage });

        float[][] expected = Run(exact), actual = Run(stored);

        double[] errors = [.. expected.Zip(actual, (e, a) => Pictures.LargestDifference(e, a))];
        double mean = expected.Zip(actual, (e, a) => e.Zip(a, (x, y) => Math.Abs((double)x - y)).Average()).Max();
        long exactBytes = Bytes(exact), storedBytes = Bytes(stored);
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"FIGURE {set.Name} {storage}: largest error {errors.Max():g3}, mean {mean:g3}, {storedBytes} of {exactBytes} bytes"));
        Assert.InRange(errors.Max(), 1e-7, tolerance);
        Assert.InRange((double)storedBytes / exactBytes, 0, share);
        Assert.Equal(storage == WeightStorage.Float16 ? "fp16" : "int8", stored.Model!.WeightPrecision);
    }

    [Theory]
    [InlineData(WeightStorage.Float32)]
    [InlineData(WeightStorage.Float16)]
    [InlineData(WeightStorage.Int8)]
    public void A_data_file_changes_no_bit_of_the_result(WeightStorage storage)
    {
        ExportSet set = ExportSet.OfFamily(SdFamily.Version1);
        AttentionModelOptions options = Options() with { Weights = storage };
        BuiltModel one = models.FromImage(set, options);
        BuiltModel two = models.FromImage(set, options with { SingleFileLimit = 0 });

        string data = Assert.Single(Directory.GetFiles(Path.GetDirectoryName(two.Path)!, Path.GetFileNameWithoutExtension(two.Path) + "*.data"));
        Assert.True(new FileInfo(data).Length > new FileInfo(two.Path).Length / 4);
        Assert.Equal(Run(one).SelectMany(v => v), Run(two).SelectMany(v => v));
    }

    [Theory]
    [MemberData(nameof(ExportCases.Sets), MemberType = typeof(ExportCases))]
    public void Half_precision_exports_stay_as_small(string name)
    {
        ExportSet set = ExportSet.Of(name);
        BuiltModel built = models.FromImage(set, Options());

        Assert.Equal(set.IsHalf ? "fp16" : "fp32", built.Model!.WeightPrecision);
        Assert.DoesNotContain(OnnxModelFile.Read(built.Path).Graph.Node, n =>
            n.OpType == "Cast" && n.Attribute.Any(a => a.Name == "to" && a.I == (long)TensorProto.Types.ElementType.Float16));
    }

    private static AttentionModelOptions Options() => SelfAttentionTests.Layers(Side / 8);

    private static float[][] Run(BuiltModel built)
    {
        var outputs = new List<float[]>();
        built.Run(Pictures.Waves(Side, Side), [1, 3, Side, Side], (_, _, values) => outputs.Add(values.ToArray()));
        return [.. outputs];
    }

    private static long Bytes(BuiltModel built) => new FileInfo(built.Path).Length;
}
