namespace DiffSeg.Onnx.Tests.Exports;

/// <summary>The forms of one export that are attention say the same.</summary>
[Collection(WholeExports.Name)]
public sealed class FormTests(BuiltModels models)
{
    private const double Tolerance = 1e-6;

    [Theory]
    [MemberData(nameof(ExportCases.Sets), MemberType = typeof(ExportCases))]
    public void The_graph_aggregates_as_DiffSeg_does(string name) =>
        AssertSame(ExportSet.Of(name), 128, 128, [AttentionForm.Layers, AttentionForm.Aggregated]);

    [Theory]
    [InlineData("Version1")]
    [InlineData("Version2")]
    [InlineData("XL")]
    public void All_forms_aggregate_to_the_same_for_images_that_are_not_square(string family) =>
        AssertSame(ExportSet.OfFamily(Enum.Parse<SdFamily>(family)), 128, 192, [.. Enum.GetValues<AttentionForm>().Where(form => form != AttentionForm.Merged)]);

    private void AssertSame(ExportSet set, int height, int width, AttentionForm[] forms)
    {
        Dictionary<AttentionForm, float[]> aggregated = [];
        int layers = 0;
        foreach (AttentionForm form in forms)
        {
            BuiltModel built = models.FromImage(set, new() { ImageHeight = height, ImageWidth = width, Form = form });
            IReadOnlyList<AttentionOutput> outputs = built.Model!.Outputs;
            var tensors = new List<(AttentionShape, ReadOnlyMemory<float>)>();
            built.Run(Pictures.Waves(height, width), [1, 3, height, width], (i, output, values) =>
            {
                Assert.Equal(outputs[i].Name, output);
                tensors.Add((outputs[i].Shape, values.ToArray()));
            });
            using AggregatedAttention attention = AggregatedAttention.FromTensors(tensors);
            aggregated[form] = attention.Values.ToArray();
            layers = built.Layers.Count;
            Assert.Equal(form == AttentionForm.Raw ? built.Layers.Sum(l => l.Heads) : outputs.Count, outputs.Sum(o => o.Shape.Heads));
            Assert.Equal(form switch
            {
                AttentionForm.Aggregated => 1,
                AttentionForm.Resolutions => built.Layers.DistinctBy(l => l.Height).Count(),
                _ => layers,
            }, outputs.Count);
        }

        // Aggregating what is aggregated already changes nothing but its row sums, which are 1.
        float[] own = aggregated[AttentionForm.Layers];
        Assert.All(aggregated.Values, a => Assert.InRange(Pictures.LargestDifference(own, a), 0, Tolerance));
    }
}
