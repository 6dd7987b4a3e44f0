using CsCheck;
using DiffSeg.Baselines;
using DiffSeg.Pictures;
using DiffSeg.Tests.Oracle;

namespace DiffSeg.Tests.Baselines;

public class ColourPositionTests
{
    private static readonly DiffSegOptions Raw = new() { LabelOrder = LabelOrder.Proposal };

    [Theory]
    [InlineData(0, 0, 0, 0, 0, 0)]
    [InlineData(255, 255, 255, 100, 0, 0)]
    [InlineData(119, 119, 119, 50.034, 0, 0)]
    [InlineData(255, 0, 0, 53.24, 80.09, 67.20)]
    [InlineData(0, 255, 0, 87.74, -86.18, 83.18)]
    [InlineData(0, 0, 255, 32.30, 79.19, -107.86)]
    [InlineData(5, 5, 5, 1.37, 0, 0)]
    public void Colours_are_those_of_CIELAB(byte red, byte green, byte blue, double l, double a, double b)
    {
        (float actualL, float actualA, float actualB) = CieLab.Of(CieLab.Light[red], CieLab.Light[green], CieLab.Light[blue]);
        Assert.Equal(l, actualL, 0.02);
        Assert.Equal(a, actualA, 0.02);
        Assert.Equal(b, actualB, 0.02);
    }

    [Fact]
    public void Clusters_are_those_of_plain_k_means() =>
        Gen.Select(Gen.Int[0, 10_000], Gen.Int[1, 35], Gen.Int[1, 25], Gen.Int[1, 9], Gen.Float[0, 150]).Sample((seed, height, width, clusters, weight) =>
        {
            clusters = Math.Min(clusters, height * width);
            Picture picture = RandomPicture.Create(seed, height, width);
            ColourPlanes planes = ColourPlanes.Of(picture, height, width, weight, degree: 1 + (seed % 3), default);
            ushort[] labels = ColourClusters.Label(planes, clusters, 1 + (seed % 3), default);
            Assert.Equal(Plain(planes, clusters), labels.Select(label => (int)label));
        }, iter: 60, threads: 1);

    [Fact]
    public void Two_halves_of_different_colour_are_found()
    {
        byte[] bytes = new byte[4 * 20 * 30];
        for (int i = 0; i < 600; i++)
        {
            bytes[(4 * i) + 1] = (byte)(i % 30 < 13 ? 200 : 30);
        }

        Segmentation mask = Segment(new Picture(bytes, 20, 30, PixelOrder.Rgba32), 20, 30, new ColourPositionMethod(2, Raw) { PositionWeight = 10 });
        Assert.Equal(2, mask.SegmentCount);
        Assert.All(Enumerable.Range(0, 600), i => Assert.Equal(mask.Labels[i % 30 < 13 ? 0 : 29], mask.Labels[i]));
        Assert.Equal(0, mask.Proposals.Count);
        Assert.Equal(1, mask.ProposalOf(1));
    }

    [Fact]
    public void Order_of_bytes_and_a_picture_of_another_size_make_no_difference()
    {
        ColourPositionMethod method = new(5, Raw);
        Picture picture = RandomPicture.Create(4, 24, 36);
        ushort[] expected = Segment(picture, 24, 36, method).Labels.ToArray();
        Assert.Equal(expected, Segment(RandomPicture.Create(4, 24, 36, PixelOrder.Bgra32), 24, 36, method).Labels.ToArray());

        // Every pixel as 2 x 3 equal ones: their mean is the pixel.
        byte[] large = new byte[picture.Pixels.Length * 6];
        for (int i = 0; i < large.Length / 4; i++)
        {
            picture.Pixels.Span.Slice(4 * ((i / 108 / 2 * 36) + (i % 108 / 3)), 4).CopyTo(large.AsSpan(4 * i));
        }

        Assert.Equal(expected, Segment(new Picture(large, 48, 108, PixelOrder.Rgba32), 24, 36, method).Labels.ToArray());

        // And a mask larger than the picture takes the pixel it lies in.
        ColourPlanes planes = ColourPlanes.Of(picture, 48, 72, 1, -1, default);
        ColourPlanes same = ColourPlanes.Of(picture, 24, 36, 1, -1, default);
        Assert.All(Enumerable.Range(0, 48 * 72), i => Assert.Equal(same.L[(i / 72 / 2 * 36) + (i % 72 / 2)], planes.L[i]));
    }

    [Fact]
    public void Bad_input_is_an_error_that_says_what()
    {
        using AggregatedAttention attention = RandomAttention.Aggregate(1, [new(1, 4, 4)]);
        MethodInput input = new(attention, MaskGrid.Whole(attention, 3, 5));
        Assert.Contains("set Picture of the input", Assert.Throws<ArgumentException>(
            "input", () => new ColourPositionMethod(2).Segment(input)).Message);
        input = input with { Picture = RandomPicture.Create(1, 3, 5) };
        Assert.Contains("set SegmentCount of the input", Assert.Throws<ArgumentException>(
            "input", () => new ColourPositionMethod().Segment(input)).Message);
        Assert.Contains("16 clusters were asked for, but a mask of 3x5 has 15 pixels", Assert.Throws<ArgumentException>(
            "input", () => new ColourPositionMethod(16).Segment(input)).Message);
        Assert.Throws<ArgumentOutOfRangeException>("clusters", () => new ColourPositionMethod(0));
        Assert.Throws<ArgumentOutOfRangeException>("clusters", () => new ColourPositionMethod(65_537));
        Assert.Throws<ArgumentOutOfRangeException>("PositionWeight", () => new ColourPositionMethod { PositionWeight = -1 });
        Assert.Contains("has 16 bytes, but 2x3 pixels of four bytes ask for 24", Assert.Throws<ArgumentException>(
            "pixels", () => new Picture(new byte[16], 2, 3, PixelOrder.Rgba32)).Message);
        Assert.Throws<ArgumentOutOfRangeException>("height", () => new Picture(new byte[16], 0, 3, PixelOrder.Rgba32));
        Assert.Throws<ArgumentOutOfRangeException>("order", () => new Picture(new byte[24], 2, 3, (PixelOrder)5));
    }

    private static Segmentation Segment(Picture picture, int height, int width, ColourPositionMethod method)
    {
        using AggregatedAttention attention = RandomAttention.Aggregate(1, [new(1, 4, 4)]);
        return method.Segment(new MethodInput(attention, MaskGrid.Whole(attention, height, width)) { Picture = picture });
    }

    /// <summary>Lloyd's iterations on lists of pixels.</summary>
    private static int[] Plain(ColourPlanes planes, int clusters)
    {
        int pixels = planes.Height * planes.Width;
        float[][] points = [.. Enumerable.Range(0, pixels).Select(i => new[]
        {
            planes.L[i], planes.A[i], planes.B[i], planes.X[i % planes.Width], planes.Y[i / planes.Width],
        })];
        float[][] centres = [.. Enumerable.Range(0, clusters).Select(i => points[Start(i, planes)].ToArray())];
        int[] labels = new int[pixels];
        Array.Fill(labels, -1);
        for (int iteration = 0; iteration < 100; iteration++)
        {
            int[] nearest = [.. points.Select(p => Enumerable.Range(0, clusters).MinBy(c => Squared(p, centres[c])))];
            int changes = nearest.Zip(labels).Count(pair => pair.First != pair.Second);
            labels = nearest;
            if (changes * 10_000L < pixels)
            {
                break;
            }

            for (int c = 0; c < clusters; c++)
            {
                float[][] members = [.. points.Where((_, i) => labels[i] == c)];
                centres[c] = members.Length == 0
                    ? centres[c]
                    : [.. Enumerable.Range(0, 5).Select(f => (float)(members.Sum(p => (double)p[f]) / members.Length))];
            }
        }

        return labels;
    }

    private static int Start(int cluster, ColourPlanes planes)
    {
        // 1.3247... solves x^3 = x + 1.
        double across = 1 / 1.324717957244746;
        (double y, double x) = ((0.5 + (cluster * across * across)) % 1, (0.5 + (cluster * across)) % 1);
        return ((int)(y * planes.Height) * planes.Width) + (int)(x * planes.Width);
    }

    private static float Squared(float[] x, float[] y)
    {
        float sum = (x[0] - y[0]) * (x[0] - y[0]);
        for (int i = 1; i < x.Length; i++)
        {
            sum += (x[i] - y[i]) * (x[i] - y[i]);
        }

        return sum;
    }
}
