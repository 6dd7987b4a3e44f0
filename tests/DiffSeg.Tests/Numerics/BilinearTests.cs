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
        bilinear.AddTo(map, new TokenWindow(0, 0, 3, 5), new float[15], result, new float[bilinear.ScratchLength]);
        Assert.Equal(map, result);
        Assert.All(bilinear.InputCoverage, coverage => Assert.Equal(1, coverage));
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
    public void The_sum_of_a_resampled_map_is_known_from_its_coverage() =>
        Gen.Select(Gen.Int[1, 9], Gen.Int[1, 9], Gen.Int[1, 20], Gen.Int[1, 40]).Sample((inputHeight, inputWidth, height, width) =>
        {
            Random random = new(inputHeight + (10 * inputWidth));
            float[] map = [.. Enumerable.Range(0, inputHeight * inputWidth).Select(_ => random.NextSingle())];
            float[] added = [.. Enumerable.Range(0, height * width).Select(_ => random.NextSingle())];
            float[] result = new float[height * width];
            BilinearMap bilinear = new(inputHeight, inputWidth, height, width);
            bilinear.AddTo(map, new TokenWindow(0, 0, height, width), added, result, new float[bilinear.ScratchLength]);
            double expected = map.Zip(bilinear.InputCoverage, (value, coverage) => (double)value * coverage).Sum();
            Assert.Equal(expected, result.Zip(added, (sum, a) => (double)sum - a).Sum(), 1e-6 * result.Length);
        });

    [Theory]
    [InlineData(2, 8)]
    [InlineData(5, 35)]
    [InlineData(3, 3)]
    public void A_whole_ratio_covers_evenly(int input, int output) =>
        Assert.All(
            new BilinearMap(input, input, output, output).InputCoverage,
            coverage => Assert.Equal(output / input * (output / input), coverage, 1e-5f));

    [Fact]
    public void A_part_of_an_axis_resamples_the_same()
    {
        BilinearAxis whole = BilinearAxis.Whole(7, 31);
        float[] row = [3, 1, 4, 1, 5, 9, 2];
        float[] all = new float[31];
        float[] part = new float[9];
        whole.Resample(row, all);
        whole.Resample(row, 11, part);
        Assert.Equal(all[11..20], part);
    }

    [Fact]
    public void An_axis_laid_out_anew_is_as_a_fresh_one() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 60], Gen.Double[-5, 5], Gen.Double[0.1, 90]).Array[4].Sample(layouts =>
        {
            BilinearAxis kept = new();
            foreach ((int input, int count, double start, double span) in layouts)
            {
                kept.Lay(input, count, start, span);
                BilinearAxis fresh = BilinearAxis.Create(input, count, start, span);
                Assert.Equal(count, kept.Count);
                Assert.Equal(fresh.Lower, kept.Lower.Take(count));
                Assert.Equal(fresh.Upper, kept.Upper.Take(count));
                Assert.Equal(fresh.UpperWeight, kept.UpperWeight.Take(count));
            }
        }, iter: 200);
}
