namespace DiffSeg.Tests.Numerics;

public class HalvingTests
{
    public static TheoryData<int, int> Sizes => new()
    {
        { 2, 2 }, { 4, 6 }, { 6, 30 }, { 2, 32 }, { 4, 34 }, { 8, 64 }, { 6, 96 }, { 10, 98 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Means_and_spreads_are_those_of_their_twins_and_of_the_definition(int height, int width)
    {
        float[] fine = Random(height * width);
        float[] means = new float[fine.Length / 4];
        float[] spreads = Random(means.Length);
        float[] before = [.. spreads];
        float[] twinMeans = new float[means.Length];
        float[] twinSpreads = [.. spreads];
        Halving.Means(fine, width, means);
        Halving.AddSpreads(fine, width, means, spreads);
        Halving.MeansScalar(fine, width, 0, twinMeans);
        Halving.SpreadsScalar(fine, width, 0, means, twinSpreads);
        for (int i = 0; i < means.Length; i++)
        {
            int corner = ((i / (width / 2)) * 2 * width) + (i % (width / 2) * 2);
            double[] four = [fine[corner], fine[corner + 1], fine[corner + width], fine[corner + width + 1]];
            Assert.Equal(four.Average(), means[i], 1e-6);
            Assert.Equal(before[i] + four.Average(v => (v - means[i]) * (v - means[i])), spreads[i], 1e-6);
            Assert.Equal(twinMeans[i], means[i], 1e-6);
            Assert.Equal(twinSpreads[i], spreads[i], 1e-6);
        }
    }

    private static float[] Random(int length)
    {
        Random random = new(length);
        return [.. Enumerable.Range(0, length).Select(_ => random.NextSingle())];
    }
}
