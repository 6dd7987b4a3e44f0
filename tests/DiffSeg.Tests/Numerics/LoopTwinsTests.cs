namespace DiffSeg.Tests.Numerics;

/// <summary>Every vectorised loop gives the bits of its scalar twin, at every length around the lanes' number.</summary>
public class LoopTwinsTests
{
    public static TheoryData<int> Lengths => [.. Enumerable.Range(0, 70), 255, 256, 257];

    [Theory]
    [InlineData]
    [InlineData(2)]
    [InlineData(5, 0, 3)]
    [InlineData(0, 1, 2, 3, 4, 5)]
    public void Jeffreys_tile(params int[] chunks)
    {
        ChunkRows anchors = Chunks(rowsFirst: true, 1);
        ChunkRows maps = Chunks(rowsFirst: false, 2);
        int[] four = [0, 3, 4, 3];
        float[] wide = new float[16];
        float[] narrow = new float[16];
        float[] scalar = new float[16];
        JeffreysTile.Wide(anchors, four, maps, 1, chunks, wide);
        JeffreysTile.Narrow(anchors, four, maps, 1, chunks, narrow);
        JeffreysTile.Narrow(anchors, four, maps, 3, chunks, narrow.AsSpan(2));
        JeffreysTile.Scalar(anchors, four, maps, 1, chunks, scalar);
        for (int i = 0; i < 16; i++)
        {
            double distance = chunks.Sum(chunk => JeffreysDistance.Accurate(
                maps.Values(1 + (i % 4), chunk), anchors.Values(four[i / 4], chunk)));

            // Some machines fuse multiply and add: close, but not the same bits.
            double uncertainty = JeffreysDistance.Uncertainty(distance, 64 * chunks.Length);
            Assert.Equal(2 * distance, wide[i], uncertainty);
            Assert.Equal(2 * distance, narrow[i], uncertainty);
            Assert.Equal(2 * distance, scalar[i], uncertainty);
        }
    }

    private static ChunkRows Chunks(bool rowsFirst, int seed)
    {
        ChunkRows rows = new(rowsFirst);
        rows.Reset(5, 6);
        for (int i = 0; i < 30; i++)
        {
            Positive(64, (100 * seed) + i).CopyTo(rows.Values(i % 5, i / 5));
            FastLog.Of(rows.Values(i % 5, i / 5), rows.Logs(i % 5, i / 5));
        }

        return rows;
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
    public void Nearest_colours(int length)
    {
        // Few different values: many pixels are equally near to several centres.
        float[][] planes = [.. Enumerable.Range(0, 4).Select(i => Positive(length, 20 + i).Select(v => MathF.Round(3 * v)).ToArray())];
        float[] centres = [.. Positive(7 * 5, 24).Select(v => MathF.Round(6 * v) / 2)];
        int whole = length - (length % 16);
        int[] vector = new int[whole];
        int[] scalar = new int[length];
        int[] both = new int[length];
        NearestColour.Vector(planes[0], planes[1], planes[2], planes[3], 1.5f, centres, vector);
        NearestColour.Scalar(planes[0], planes[1], planes[2], planes[3], 1.5f, centres, scalar);
        NearestColour.Of(planes[0], planes[1], planes[2], planes[3], 1.5f, centres, both);
        Assert.Equal(scalar[..whole], vector);
        Assert.Equal(scalar, both);
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

    [Fact]
    public void Sums_against_two_limits()
    {
        float[] sums = Positive(BelowWord.Length, 13);
        (sums[3], sums[17], sums[40], sums[63]) = (0.25f, 0.5f, float.PositiveInfinity, float.NegativeInfinity);
        foreach ((float lower, float upper) in new[] { (0.25f, 0.5f), (-1f, 2f), (float.PositiveInfinity, float.PositiveInfinity), (float.NaN, float.NaN) })
        {
            (ulong below, ulong open) = BelowWord.Scalar(sums, lower, upper);
            Assert.Equal((below, open), BelowWord.Vector(sums, lower, upper));
            for (int i = 0; i < sums.Length; i++)
            {
                Assert.Equal(sums[i] < lower, (below >> i & 1) != 0);
                bool isOpen = !(sums[i] < lower) && !(sums[i] > upper) && !float.IsPositiveInfinity(sums[i]);
                Assert.Equal(isOpen, (open >> i & 1) != 0);
            }
        }
    }

    [Fact]
    public void Chosen_rows()
    {
        float[] rows = Positive(10 * RowSums.Columns, 5);
        short[] choices = [3, 0, 9, 4, 4, 1, 2];
        int[] ends = [1, 1, 5, 7];
        float[] vector = Positive(4 * RowSums.Columns, 6);
        float[] scalar = Positive(4 * RowSums.Columns, 7);
        RowSums.ChosenVector(choices, ends, rows, vector);
        RowSums.ChosenScalar(choices, ends, rows, scalar);
        Assert.Equal(scalar, vector);
        for (int i = 0; i < RowSums.Columns; i += 31)
        {
            Assert.Equal(rows[(3 * RowSums.Columns) + i], vector[i]);
            Assert.Equal(0, vector[RowSums.Columns + i]);
            double sum = choices[1..5].Sum(c => (double)rows[(c * RowSums.Columns) + i]);
            Assert.Equal(sum, vector[(2 * RowSums.Columns) + i], 1e-5);
        }
    }

    [Fact]
    public void Chosen_rows_are_added()
    {
        float[] rows = Positive(3 * RowSums.Columns, 8);
        float[] before = Positive(4 * RowSums.Columns, 9);
        float[] vector = [.. before];
        float[] scalar = [.. before];
        RowSums.AddChosenVector([2, -1, 0, 2], rows, vector);
        RowSums.AddChosenScalar([2, -1, 0, 2], rows, scalar);
        Assert.Equal(scalar, vector);
        Assert.Equal(before[0] + rows[2 * RowSums.Columns], vector[0]);
        Assert.Equal(before[RowSums.Columns + 5], vector[RowSums.Columns + 5]);
        Assert.Equal(before[^1] + rows[^1], vector[^1]);
    }

    private static float[] Positive(int length, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, length).Select(_ => random.NextSingle() + 1e-3f)];
    }
}
