namespace DiffSeg.Tests.Numerics;

/// <summary>The loops over rows of attention: bits of their scalar twins, at every length around the lanes' number.</summary>
public class RowTwinsTests
{
    public static TheoryData<int> Lengths => [.. Enumerable.Range(0, 70), 127, 128, 255, 256, 257];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Row_sum(int length)
    {
        float[] row = Positive(length, length);
        Assert.Equal(RowSum.Scalar(row, out bool scalarNegative), RowSum.Vector(row, out bool negative));
        Assert.Equal(RowSum.Scalar(row, out _), RowSum.Of(row));
        Assert.False(negative | scalarNegative);
        Assert.Equal(row.Sum(v => (double)v), RowSum.Of(row), 1e-5 * length);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Row_sum_and_its_sign_show_every_bad_value(int length)
    {
        float[] bad = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, -1e-45f, -float.NaN, -1];
        for (int position = 0; position < length; position++)
        {
            float[] row = Positive(length, position);
            row[position] = -0f;
            Assert.True(IsGood(RowSum.Vector(row, out bool negative), negative) == length > 1);
            Assert.True(IsGood(RowSum.Scalar(row, out negative), negative) == length > 1);
            Assert.Equal(-1, RowCheck.FirstInvalid(row));
            row[position] = bad[position % bad.Length];
            Assert.False(IsGood(RowSum.Vector(row, out negative), negative));
            Assert.False(IsGood(RowSum.Scalar(row, out negative), negative));
            Assert.Equal(position, RowCheck.FirstInvalid(row));
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Row_mean(int length)
    {
        foreach (int count in (int[])[1, 2, 3, 8])
        {
            int stride = length + 5;
            float[] rows = Positive(((count - 1) * stride) + length, count);
            float[] mean = new float[length];
            float[] scalar = new float[length];
            Assert.False(RowMean.Of(rows, count, stride, mean));
            Assert.False(RowMean.Scalar(rows, count, stride, scalar));
            Assert.Equal(scalar, mean);
            for (int i = 0; i < length; i++)
            {
                Assert.Equal(Enumerable.Range(0, count).Average(n => (double)rows[(n * stride) + i]), mean[i], 1e-6);
                ref float last = ref rows[((count - 1) * stride) + i];
                last = -1e-45f;
                Assert.True(RowMean.Of(rows, count, stride, mean));
                last = 1;
            }
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Row_scale_streamed_and_stored(int length)
    {
        float[] row = Positive(length, 1);
        float[] added = Positive(length, 2);
        float[] expected = new float[length];
        RowScale.Scalar(row, 0.3f, added, expected);
        float[] stored = new float[length];
        RowScale.Store(row, 0.3f, added, stored);
        Assert.Equal(expected, stored);

        // Wherever the destination lies in its cache line, and no value beyond it is touched.
        for (int start = 1; start <= 17; start++)
        {
            float[] room = new float[length + 20];
            Array.Fill(room, 7);
            RowScale.Stream(row, 0.3f, added, room.AsSpan(start, length), next: row);
            Assert.Equal(expected, room[start..(start + length)]);
            Assert.All(room[..start], v => Assert.Equal(7, v));
            Assert.All(room[(start + length)..], v => Assert.Equal(7, v));
        }

        RowScale.Stream(row, 0.3f, added, row, next: added);
        Assert.Equal(expected, row);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Row_blend(int length)
    {
        float[] above = Positive(length, 3);
        float[] below = Positive(length, 4);
        float[] added = Positive(length, 5);
        float[] vector = new float[length];
        float[] scalar = new float[length];
        RowBlend.Add(above, below, 0.375f, added, vector);
        RowBlend.Scalar(above, below, 0.375f, added, scalar);
        Assert.Equal(scalar, vector);
        for (int i = 0; i < length; i++)
        {
            Assert.Equal(added[i] + (0.625 * above[i]) + (0.375 * below[i]), vector[i], 1e-6);
        }
    }

    private static bool IsGood(float sum, bool negative) => sum > 0 && float.IsFinite(sum) && !negative;

    private static float[] Positive(int length, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, length).Select(_ => random.NextSingle() + 1e-3f)];
    }
}
