using DiffSeg.MLNet.Masks;
using DiffSeg.MLNet.Tests.Data;
using DiffSeg.MLNet.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Tests.Masks;

/// <summary>Attention per head, per layer, per resolution or aggregated; of known size or not.</summary>
public sealed class AttentionFormsTests
{
    private static readonly Func<double, double, int> Regions = TestData.Regions(1);
    private readonly MLContext _ml = new(seed: 1);

    [Theory]
    [InlineData("PerHead", "PerHeadCoarse")]
    [InlineData("Layer", "FourAxes", "LayerCoarse")]
    [InlineData("Layer", "LayerCoarse")]
    [InlineData("Layer")]
    [InlineData("LooseHeads", "LooseCoarse")]
    [InlineData("FourAxes")]
    [InlineData("Flat")]
    public void Every_form_gives_the_same_mask(params string[] columns)
    {
        IDataView data = _ml.Data.LoadFromEnumerable([new Forms()]);
        var options = new DiffSegMaskOptions { AnchorsPerSide = 8, Size = new MaskSize(16, 16) };
        IDataView masks = _ml.Transforms.DiffSegMask("Mask", columns, options: options).Fit(data).Transform(data);
        Assert.Equal(ByArea(TestData.Labels(16, 16, Regions)), masks.GetColumn<ushort[]>("Mask").Single());
    }

    [Fact]
    public void Map_that_is_not_square_needs_its_shape()
    {
        IDataView data = _ml.Data.LoadFromEnumerable([new Forms()]);
        var options = new DiffSegMaskOptions
        {
            AnchorsPerSide = 8,
            Size = new MaskSize(8, 16),
            AttentionShapes = [new AttentionShape(1, 8, 16)],
        };
        IDataView masks = _ml.Transforms.DiffSegMask("Mask", ["Wide"], options: options).Fit(data).Transform(data);
        Assert.Equal(ByArea(TestData.Labels(8, 16, Regions)), masks.GetColumn<ushort[]>("Mask").Single());

        var error = Assert.Throws<InvalidOperationException>(() => _ml.Transforms.DiffSegMask("Mask", ["Wide"]).Fit(data));
        Assert.Contains("'Wide'", error.Message);
        Assert.Contains("AttentionShapes", error.Message);
    }

    [Fact]
    public void Shape_that_the_column_does_not_have_is_refused()
    {
        IDataView data = _ml.Data.LoadFromEnumerable([new Forms()]);
        var options = new DiffSegMaskOptions { AttentionShapes = [new AttentionShape(1, 32, 32)] };
        var error = Assert.Throws<ArgumentOutOfRangeException>(
            () => _ml.Transforms.DiffSegMask("Mask", ["Layer"], options: options).Fit(data));
        Assert.StartsWith(
            "Schema mismatch for input column 'Layer': expected Vector<Single, 1048576> (32x32), got Vector<Single, 256, 256>",
            error.Message);
    }

    [Theory]
    [InlineData(8 * 4096 * 4096, 8, 64)]
    [InlineData(4096 * 4096, 1, 64)]
    [InlineData(10 * 64 * 64, 10, 8)]
    [InlineData(8 * 1600 * 1600, 8, 40)]
    [InlineData(5 * 1024 * 1024, 5, 32)]
    [InlineData(16, 1, 2)]
    public void Length_tells_heads_and_side(int length, int heads, int side)
        => Assert.Equal(new AttentionShape(heads, side, side), AttentionColumn.ShapeOf("A", length));

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(4095)]
    public void Length_of_no_map_is_an_error_that_names_the_column(int length)
        => Assert.Contains("'A'", Assert.Throws<InvalidOperationException>(() => AttentionColumn.ShapeOf("A", length)).Message);

    [Theory]
    [InlineData(256, 4096)]
    [InlineData(1, 256, 4096)]
    [InlineData(8, 16777216)]
    public void Sides_that_differ_are_no_attention_whatever_their_product(params int[] sides)
    {
        var type = new VectorDataViewType(NumberDataViewType.Single, sides);
        var error = Assert.Throws<InvalidOperationException>(() => AttentionColumn.ShapeOf("A", type));
        Assert.Contains("'A'", error.Message);
    }

    [Theory]
    [InlineData(16777216)]
    [InlineData(1, 16777216)]
    [InlineData(16777216, 1)]
    public void Sides_of_one_beside_a_length_say_nothing(params int[] sides)
        => Assert.Equal(
            new AttentionShape(1, 64, 64), AttentionColumn.ShapeOf("A", new VectorDataViewType(NumberDataViewType.Single, sides)));

    [Theory]
    [InlineData(17)]
    [InlineData(35)]
    public void Any_number_of_columns_survives_saving(int layers)
    {
        IDataView data = _ml.Data.LoadFromEnumerable(TestData.AttentionRows(2));
        string[] names = [.. Enumerable.Range(0, layers).Select(layer => $"Layer{layer}")];
        foreach (string name in names)
        {
            data = _ml.Transforms.CopyColumns(name, name == "Layer0" ? "Coarse" : "Fine").Fit(data).Transform(data);
        }

        ITransformer transformer = _ml.Transforms.DiffSegMask("Mask", names, options: new() { AnchorsPerSide = 8 }).Fit(data);
        using var folder = new TemporaryFolder();
        _ml.Model.Save(transformer, data.Schema, folder.File("model.zip"));
        ITransformer loaded = _ml.Model.Load(folder.File("model.zip"), out _);

        Assert.Equal(RowValues.Read(transformer.Transform(data), "Mask"), RowValues.Read(loaded.Transform(data), "Mask"));
    }

    [Fact]
    public void Slots_hold_every_input_once_in_order()
    {
        for (int inputs = 1; inputs < 100; inputs++)
        {
            IReadOnlyList<IReadOnlyList<int>> slots = AttentionSlots.Of(inputs);
            Assert.InRange(slots.Count, 1, AttentionSlots.Count);
            Assert.Equal(Enumerable.Range(0, inputs), slots.SelectMany(slot => slot));
        }
    }

    private static ushort[] ByArea(ushort[] labels)
    {
        ushort[] order = [.. labels.GroupBy(label => label).OrderByDescending(group => group.Count()).Select(group => group.Key)];
        return [.. labels.Select(label => (ushort)Array.IndexOf(order, label))];
    }

    private sealed class Forms
    {
        [VectorType(4, 256, 256)]
        public float[] PerHead { get; set; } = SyntheticAttention.Heads(4, 16, 16, Regions);

        [VectorType(1, 4, 64, 64)]
        public float[] PerHeadCoarse { get; set; } = SyntheticAttention.Heads(4, 8, 8, Regions);

        [VectorType(256, 256)]
        public float[] Layer { get; set; } = SyntheticAttention.Map(16, 16, Regions);

        [VectorType(64, 64)]
        public float[] LayerCoarse { get; set; } = SyntheticAttention.Map(8, 8, Regions);

        [VectorType]
        public float[] LooseHeads { get; set; } = SyntheticAttention.Heads(4, 16, 16, Regions);

        [VectorType]
        public float[] LooseCoarse { get; set; } = SyntheticAttention.Map(8, 8, Regions);

        [VectorType(16, 16, 16, 16)]
        public float[] FourAxes { get; set; } = SyntheticAttention.Map(16, 16, Regions);

        [VectorType(65536)]
        public float[] Flat { get; set; } = SyntheticAttention.Map(16, 16, Regions);

        [VectorType(128, 128)]
        public float[] Wide { get; set; } = SyntheticAttention.Map(8, 16, Regions);
    }
}
