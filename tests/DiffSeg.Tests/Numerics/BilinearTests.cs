using CsCheck;

namespace DiffSeg.Tests.Numerics;

public class BilinearTests
{
    [Fact]
    public void The_same_size_changes_nothing()
    {
        float[] map = [.. Enumerable.Range(0, 15).Select(i => (float)Math.Sqrt(i))];
        float[] result = new float[15];
        BilinearMap bilinear = new(3, 5, 3, 5);
        bilinear.Resample(map, result, new float[bilinear.ScratchLength]);
        Assert.Equal(map, result);
    }

    [Fact]
    public void Doubling_weighs_neighbours_three_to_one()
    {
        float[] result = new float[4];
        BilinearAxis.Whole(2, 4).Resample([0, 4], result);
        Assert.Equal([0, 1, 3, 4], result);
    }

    [Fact]
    public void Weights_are_those_of_the_formula_for_any_start_and_span() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 100], Gen.Double[-50, 50], Gen.Double[0.1, 90]).Sample((input, count, start, span) =>
        {
            BilinearAxis axis = BilinearAxis.Create(input, count, start, span);
            for (int i = 0; i < count; i++)
            {
                double expected = Math.Clamp(start + ((i + 0.5) * span / count) - 0.5, 0, input - 1);
                Assert.Equal(expected, axis.Lower[i] + axis.UpperWeight[i], 1e-5);
                Assert.InRange(axis.Upper[i], axis.Lower[i], Math.Min(axis.Lower[i] + 1, input - 1));
            }
        });

    [Fact]
    public void A_slice_of_an_axis_resamples_the_same()
    {
        BilinearAxis whole = BilinearAxis.Whole(7, 31);
        float[] row = [3, 1, 4, 1, 5, 9, 2];
        float[] all = new float[31];
        float[] part = new float[9];
        whole.Resample(row, all);
        whole.Slice(11, 9).Resample(row, part);
        Assert.Equal(all[11..20], part);
    }
}
