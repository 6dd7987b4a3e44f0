namespace DiffSeg.Tests.Numerics;

/// <summary>Every vectorised loop gives the bits of its scalar twin, at every length around the lanes' number.</summary>
public class LoopTwinsTests
{
    public static TheoryData<int> Lengths => [.. Enumerable.Range(0, 70), 255, 256, 257];

    public static TheoryData<int> WholeLengths => [.. Enumerable.Range(0, 9).Select(i => 16 * i), 512];

    [Theory]
    [MemberData(nameof(WholeLengths))]
    public void Jeffreys_sums(int length)
    {
        float[] map = Positive(length, 1);
        float[] anchors = Positive(5 * (length + 16), 2);
        float[] mapLog = [.. map.Select(v => MathF.Log(v))];
        float[] anchorLogs = [.. anchors.Select(v => MathF.Log(v))];
        int[] starts = [0, length + 3, 2 * (length + 3), length + 3];
        float[] vector = new float[4];
        float[] scalar = new float[4];
        JeffreysSums.FourVector(map, mapLog, anchors, anchorLogs, starts, vector);
        JeffreysSums.FourScalar(map, mapLog, anchors, anchorLogs, starts, scalar);
        Assert.Equal(scalar, vector);
        for (int k = 0; k < 4; k++)
        {
            double distance = JeffreysDistance.Accurate(map, anchors.AsSpan(starts[k], length));
            Assert.Equal(2 * distance, vector[k], JeffreysDistance.Uncertainty(distance, length));
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Dot_products(int length)
    {
        float[] row = Positive(length, 3);
        float[] centres = Positive((5 * length) + 1, 4);
        int[] chosen = [3, 0, 0, 4];
        float[] vector = new float[4];
        float[] scalar = new float[4];
        if (length == 0)
        {
            return; // A centre has values.
        }

        DotProducts.FourVector(row, centres, chosen, vector);
        DotProducts.FourScalar(row, centres, chosen, scalar);
        Assert.Equal(scalar, vector);
        double first = Enumerable.Range(0, length).Sum(i => (double)row[i] * centres[(3 * length) + i]);
        Assert.Equal(first, vector[0], 1e-6 * first);
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(1UL)]
    [InlineData(0x8000000000000001UL)]
    [InlineData(ulong.MaxValue)]
    [InlineData(0x0123456789ABCDEFUL)]
    public void Block_sums(ulong chosen)
    {
        const int Stride = 71;
        float[] rows = Positive(64 * Stride, 5);
        float[] vector = new float[BlockSums.Columns];
        float[] scalar = Positive(BlockSums.Columns, 6);
        BlockSums.SumVector(chosen, rows, Stride, vector);
        BlockSums.SumScalar(chosen, rows, Stride, scalar);
        Assert.Equal(scalar, vector);
        double first = Enumerable.Range(0, 64).Where(i => (chosen >> i & 1) != 0).Sum(i => (double)rows[i * Stride]);
        Assert.Equal(first, vector[0], 1e-5);
    }

    [Theory]
    [MemberData(nameof(WholeLengths))]
    public void Running_maximum(int length)
    {
        float[] above = Positive(length, 7);
        float[] below = Positive(length, 8);
        float[] best = Positive(length, 9);
        above.AsSpan(0, length / 4).Fill(float.NaN);
        float[] scalarBest = [.. best];
        int[] winner = new int[length];
        int[] scalarWinner = new int[length];
        RunningMaximum.UpdateVector(above, below, 0.375f, 3, best, winner);
        RunningMaximum.UpdateScalar(above, below, 0.375f, 3, scalarBest, scalarWinner);
        Assert.Equal(scalarBest, best);
        Assert.Equal(scalarWinner, winner);
        Assert.DoesNotContain(3, winner.Take(length / 4));
        Assert.True(length == 0 || winner.Contains(3));
    }

    [Theory]
    [MemberData(nameof(WholeLengths))]
    public void Dominance_of_a_row(int length)
    {
        float[] row = Positive(length, 11);
        float[] other = [.. row.Select(v => v - 0.25f)];
        Agree(true, 0.125f);
        for (int i = 0; i < length; i++)
        {
            foreach (float value in (float[])[row[i], row[i] - 0.1f, row[i] + 1, float.NaN])
            {
                float before = other[i];
                other[i] = value;
                Agree(false, 0.125f);
                other[i] = before;
            }
        }

        void Agree(bool expected, float margin)
        {
            Assert.Equal(expected, Dominance.ExceedsScalar(row, other, margin));
            Assert.Equal(expected, Dominance.ExceedsVector(row, other, margin));
            Assert.Equal(expected, Dominance.Exceeds(row, other, margin));
        }
    }

    [Theory]
    [MemberData(nameof(WholeLengths))]
    public void Natural_log(int length)
    {
        float[] values = [.. Positive(length, 10).Select((v, i) => MathF.ScaleB(v + 0.1f, (i % 250) - 125))];
        float[] logs = new float[length];
        NaturalLog.Vector(values, logs);
        Assert.Equal(values.Select(NaturalLog.Scalar), logs);
    }

    private static float[] Positive(int length, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, length).Select(_ => random.NextSingle() + 1e-3f)];
    }
}
