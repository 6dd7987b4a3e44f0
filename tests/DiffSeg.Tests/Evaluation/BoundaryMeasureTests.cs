using CsCheck;
using DiffSeg.Evaluation;

namespace DiffSeg.Tests.Evaluation;

public class BoundaryMeasureTests
{
    [Fact]
    public void As_many_pixels_are_matched_as_can_be() =>
        Gen.Select(Labellings.Of(2, 2, 9), Gen.Double[0, 0.4]).Sample((image, tolerance) =>
        {
            BoundaryMap mask = Drawn(image.Labels[0], image.Height, image.Width);
            BoundaryMap truth = Drawn(image.Labels[1], image.Height, image.Width);

            BoundaryCounts counts = BoundaryMeasure.Compare(mask, [truth], tolerance);

            int most = MostMatches(mask, truth, tolerance);
            Assert.Equal(new BoundaryCounts(most, mask.Pixels.Length, most, truth.Pixels.Length), counts);
        });

    [Fact]
    public void A_boundary_matches_itself_at_any_tolerance() =>
        Gen.Select(Labellings.Of(1, 3, 12), Gen.Double[0, 0.1]).Sample((image, tolerance) =>
        {
            BoundaryMap map = BoundaryMap.FromLabels(image.Labels[0], image.Height, image.Width);

            BoundaryCounts counts = BoundaryMeasure.Compare(map, [map, map], tolerance);

            Assert.Equal((1.0, 1.0, 1.0), (counts.Precision, counts.Recall, counts.FMeasure));
        });

    // The diagonal of 30 x 40 is 50.
    [Theory]
    [InlineData(0.06, 40)]
    [InlineData(0.0599, 0)]
    public void The_tolerance_is_a_share_of_the_diagonal_and_itself_included(double tolerance, int matched)
    {
        BoundaryCounts counts = BoundaryMeasure.Compare(Line(10), [Line(13)], tolerance);

        Assert.Equal(new BoundaryCounts(matched, 40, matched, 40), counts);
    }

    [Fact]
    public void A_pixel_is_matched_once()
    {
        // Two lines beside one: only half of them finds a partner.
        bool[] two = new bool[30 * 40];
        Array.Fill(two, true, 9 * 40, 40);
        Array.Fill(two, true, 11 * 40, 40);

        BoundaryCounts counts = BoundaryMeasure.Compare(BoundaryMap.FromPixels(two, 30, 40), [Line(10)], 0.02);

        Assert.Equal(new BoundaryCounts(40, 80, 40, 40), counts);
        Assert.Equal((0.5, 1.0, 2.0 / 3), (counts.Precision, counts.Recall, counts.FMeasure));
    }

    [Fact]
    public void Any_annotator_makes_a_pixel_right_and_each_is_recalled()
    {
        BoundaryCounts counts = BoundaryMeasure.Compare(Line(10), [Line(10), Line(20)]);

        Assert.Equal(new BoundaryCounts(40, 40, 40, 80), counts);
        Assert.Equal((1.0, 0.5), (counts.Precision, counts.Recall));
    }

    [Fact]
    public void Nothing_against_something_is_worth_0_and_nothing_against_nothing_1()
    {
        BoundaryMap nothing = BoundaryMap.FromPixels(new bool[30 * 40], 30, 40);

        Assert.Equal(0, BoundaryMeasure.Compare(nothing, [Line(3)]).FMeasure);
        Assert.Equal(0, BoundaryMeasure.Compare(Line(3), [nothing]).FMeasure);
        Assert.Equal(1, BoundaryMeasure.Compare(nothing, [nothing]).FMeasure);
    }

    [Fact]
    public void Counts_add_up()
    {
        BoundaryCounts sum = new BoundaryCounts(1, 2, 3, 4) + new BoundaryCounts(10, 20, 30, 40);

        Assert.Equal(new BoundaryCounts(11, 22, 33, 44), sum);
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        BoundaryMap small = BoundaryMap.FromPixels(new bool[6], 2, 3);

        Assert.Throws<EvaluationException>(() => BoundaryMeasure.Compare(small, []));
        EvaluationException sizes = Assert.Throws<EvaluationException>(() => BoundaryMeasure.Compare(small, [Line(3)]));
        Assert.Contains("2 x 3", sizes.Message, StringComparison.Ordinal);
        Assert.Contains("30 x 40", sizes.Message, StringComparison.Ordinal);
        foreach (double tolerance in new[] { -0.1, 1, double.NaN })
        {
            Assert.Throws<ArgumentOutOfRangeException>(
                "tolerance", () => BoundaryMeasure.Compare(small, [small], tolerance));
        }
    }

    private static BoundaryMap Line(int row)
    {
        bool[] pixels = new bool[30 * 40];
        Array.Fill(pixels, true, row * 40, 40);
        return BoundaryMap.FromPixels(pixels, 30, 40);
    }

    private static BoundaryMap Drawn(ushort[] labels, int height, int width) =>
        BoundaryMap.FromPixels([.. labels.Select(label => label == 1)], height, width);

    // Kuhn's algorithm, over all pairs.
    private static int MostMatches(BoundaryMap mask, BoundaryMap truth, double tolerance)
    {
        double radius = tolerance * Math.Sqrt((mask.Height * mask.Height) + (mask.Width * mask.Width));
        int[] partners = new int[truth.Pixels.Length];
        Array.Fill(partners, -1);
        return Enumerable.Range(0, mask.Pixels.Length).Count(i => Try(i, new bool[partners.Length]));

        bool Try(int pixel, bool[] seen)
        {
            for (int j = 0; j < partners.Length; j++)
            {
                (int y, int x) = Step(mask.Pixels[pixel], truth.Pixels[j]);
                if (!seen[j] && (y * y) + (x * x) <= radius * radius)
                {
                    seen[j] = true;
                    if (partners[j] < 0 || Try(partners[j], seen))
                    {
                        partners[j] = pixel;
                        return true;
                    }
                }
            }

            return false;
        }

        (int Y, int X) Step(int from, int to) =>
            ((from / mask.Width) - (to / mask.Width), (from % mask.Width) - (to % mask.Width));
    }
}
