namespace DiffSeg.Tests.Numerics;

/// <summary>Every vectorised loop gives the bits of its scalar twin, at every length around the lanes' number.</summary>
public class LoopTwinsTests
{
    public static TheoryData<int> Lengths => [.. Enumerable.Range(0, 70), 255, 256, 257];

    public static TheoryData<int> WholeLengths => [.. Enumerable.Range(0, 9).Select(i => 16 * i), 512];

    [Theory]
    [MemberData(nameof(WholeLengths))]
    public void Jeffreys_tile(int length)
    {
        LogRows anchors = Rows(5, length + 16, 1);
        LogRows maps = Rows(3, length + 16, 2);
        int[] four = [0, 3, 4, 3];
        float[] vector = new float[8];
        float[] scalar = new float[8];
        JeffreysTile.Vector(anchors, four, maps, 1, 16, length, vector);
        JeffreysTile.Scalar(anchors, four, maps, 1, 16, length, scalar);
        for (int i = 0; i < 8; i++)
        {
            double distance = JeffreysDistance.Accurate(
                maps.Values(1 + (i % 2)).Slice(16, length), anchors.Values(four[i / 2]).Slice(16, length));

            // The widest machine fuses multiply and add: close, but not the same bits.
            double uncertainty = JeffreysDistance.Uncertainty(distance, length);
            Assert.Equal(2 * distance, vector[i], uncertainty);
            Assert.Equal(2 * distance, scalar[i], uncertainty);
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Accurate_distance(int length)
    {
        float[] x = Positive(length, 11);
        float[] y = [.. Positive(length, 12).Select((v, i) => MathF.ScaleB(v, -(i % 130)))];
        double exact = x.Zip(y, (a, b) =>
            ((double)a - Math.Max(b, 1.17549435e-38f)) * (Math.Log(a) - Math.Log(Math.Max(b, 1.17549435e-38f)))).Sum() / 2;
        Assert.Equal(JeffreysDistance.AccurateScalar(x, y), JeffreysDistance.AccurateVector(x, y));
        Assert.Equal(exact, JeffreysDistance.Accurate(x, y), 1e-14 * (1 + exact));
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
        for (int k = 0; k < 4; k++)
        {
            double product = Enumerable.Range(0, length).Sum(i => (double)row[i] * centres[(chosen[k] * length) + i]);
            Assert.Equal(product, vector[k], DotProducts.Error(vector[k], length));
            Assert.Equal(product, scalar[k], DotProducts.Error(scalar[k], length));
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Squared_norm(int length)
    {
        float[] row = Positive(length, 12);
        double accurate = SquaredDistance.Accurate(row, new float[length]);
        Assert.Equal(accurate, SquaredDistance.Norm(row), SquaredDistance.Error(accurate, length));
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

    [Fact]
    public void Chosen_rows_are_added()
    {
        float[] rows = [1, 2, 3, 4, 5, 6];
        float[] sums = [10, 20, 30, 40, 50, 60, 70, 80];
        BlockSums.AddChosen([2, -1, 0, 2], rows, sums, 2);
        Assert.Equal<float[]>([15, 26, 30, 40, 51, 62, 75, 86], sums);
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
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(1, 16)]
    [InlineData(3, 17)]
    [InlineData(2, 31)]
    [InlineData(2, 32)]
    [InlineData(2, 50)]
    public void Dominance_over_a_window(int height, int width)
    {
        const int Stride = 53;
        float[] limits = Positive(height * width, 11);
        float[] values = new float[((height - 1) * Stride) + width];
        Array.Fill(values, 2); // Between the rows of the window.
        for (int i = 0; i < limits.Length; i++)
        {
            values[(i / width * Stride) + (i % width)] = limits[i] - 0.125f;
        }

        Agree(true);
        for (int i = 0; i < limits.Length; i++)
        {
            ref float value = ref values[(i / width * Stride) + (i % width)];
            float before = value;
            foreach (float high in (float[])[limits[i], limits[i] + 1, float.NaN])
            {
                value = high;
                Agree(false);
            }

            value = before;
        }

        void Agree(bool expected)
        {
            Assert.Equal(expected, Dominance.Below(values, Stride, limits, width));
            Assert.Equal(expected, Dominance.BelowScalar(values, Stride, limits, width));
            Assert.Equal(expected, width < 16 ? expected : Dominance.BelowVector(values, Stride, limits, width));
        }
    }

    private static LogRows Rows(int count, int length, int seed)
    {
        LogRows rows = new();
        rows.Reset(count, length);
        for (int i = 0; i < count; i++)
        {
            Positive(length, (10 * seed) + i).CopyTo(rows.Values(i));
            rows.TakeLogs(i);
        }

        return rows;
    }

    private static float[] Positive(int length, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, length).Select(_ => random.NextSingle() + 1e-3f)];
    }
}
