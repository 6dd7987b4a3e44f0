using System.Globalization;

namespace DiffSeg.Onnx.Tests.Exports;

/// <summary>The mask from a built model's attention against the mask from PyTorch's.</summary>
[Collection(WholeExports.Name)]
public sealed class ReferenceMaskTests(BuiltModels models)
{
    // Attention of random weights is much alike everywhere: the first threshold at which the reference falls apart.
    private static readonly float[] Thresholds = [.. Enumerable.Range(0, 100).Select(i => 0.6f * MathF.Pow(0.95f, i))];
    private const int Segments = 4;

    // Rounding to half precision moves attention by percents: pixels between two segments then change sides. Measured: 98.4 %
    // to 99.3 %.
    private const double HalfAgreement = 0.98;

    [Theory]
    [MemberData(nameof(ExportCases.Whole), MemberType = typeof(ExportCases))]
    public void It_is_that_of_the_reference_tensors(string name, string theCase)
    {
        var (set, reference) = ExportCases.Of(name, theCase);
        IReadOnlyList<ReferenceLayer> layers = reference.Layers(theCase);
        var tensors = new List<(AttentionShape, ReadOnlyMemory<float>)>();
        BuiltModel built = models.FromLatent(set, SelfAttentionTests.Layers(reference.Latent(theCase)));
        built.Run(reference.Array(theCase, "sample.npy").Values, [1, 4, reference.Latent(theCase), reference.Latent(theCase)],
            (i, _, values) => tensors.Add((layers[i].Shape, values.ToArray())));

        (AttentionShape, ReadOnlyMemory<float>)[] known = [.. layers.Select(l => (l.Shape, (ReadOnlyMemory<float>)l.Values))];
        var (threshold, expected) = Thresholds.Select(t => (t, Mask(known, t))).First(m => m.Item2.Distinct().Count() >= Segments);
        ushort[] actual = Mask(tensors, threshold);

        double agreement = set.IsHalf ? AgreementOfRegions(expected, actual) : expected.Zip(actual, (e, a) => e == a ? 1.0 : 0).Average();
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"FIGURE {name} {theCase} mask of {expected.Distinct().Count()} segments at {threshold} agrees {agreement:p3}"));
        Assert.InRange(agreement, set.IsHalf ? HalfAgreement : 1, 1);
    }

    /// <summary>Share of pixels in regions that correspond, one to one, the largest overlap first: numbers of labels do not count.</summary>
    private static double AgreementOfRegions(ushort[] expected, ushort[] actual)
    {
        HashSet<ushort> usedExpected = [], usedActual = [];
        int same = 0;
        foreach (var pair in expected.Zip(actual).CountBy(p => p).OrderByDescending(p => p.Value))
        {
            if (!usedExpected.Contains(pair.Key.First) && !usedActual.Contains(pair.Key.Second))
            {
                usedExpected.Add(pair.Key.First);
                usedActual.Add(pair.Key.Second);
                same += pair.Value;
            }
        }

        return (double)same / expected.Length;
    }

    private static ushort[] Mask(IReadOnlyList<(AttentionShape Shape, ReadOnlyMemory<float> Values)> tensors, float threshold)
    {
        using AggregatedAttention attention = AggregatedAttention.FromTensors(tensors);
        var segmenter = new DiffSegSegmenter(new() { AnchorsPerSide = 8, KlThreshold = threshold });
        return [.. segmenter.Segment(attention, MaskGrid.Whole(attention, 128, 128), null, TestContext.Current.CancellationToken).Labels.ToArray()];
    }
}
