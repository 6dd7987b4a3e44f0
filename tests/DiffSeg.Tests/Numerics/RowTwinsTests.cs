using CsCheck;

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
        if (length == 0)
        {
            return; // A row has values.
        }

        int[] lower = [0, 2, 2];
        int[] upper = [1, 2, 3];
        float[] weight = [0.375f, 0, 1];
        float[] rows = Positive(4 * length, 3);
        float[] added = Positive(3 * length, 5);
        float[] vector = new float[3 * length];
        float[] scalar = new float[length];
        RowBlend.Add(rows, length, lower, upper, weight, added, vector);
        for (int y = 0; y < 3; y++)
        {
            Span<float> a = rows.AsSpan(lower[y] * length, length);
            Span<float> b = rows.AsSpan(upper[y] * length, length);
            RowBlend.Scalar(a, b, weight[y], added.AsSpan(y * length, length), scalar);
            Assert.Equal(scalar, vector[(y * length)..((y + 1) * length)]);
            for (int i = 0; i < length; i++)
            {
                Assert.Equal(added[(y * length) + i] + ((1 - weight[y]) * a[i]) + (weight[y] * b[i]), scalar[i], 1e-6);
            }
        }
    }

    /// <summary>Few and many inputs, shrinking and growing, with room after the last row and without.</summary>
    [Theory]
    [MemberData(nameof(Lengths))]
    public void Row_spread(int outputs)
    {
        foreach (int inputs in (int[])[1, 2, 7, 8, 15, 16, 17, 32, 100])
        {
            foreach (int slack in (int[])[0, 3, 16])
            {
                BilinearAxis axis = BilinearAxis.Whole(inputs, Math.Max(outputs, 1));
                float[] rows = [.. Positive(3 * inputs, inputs), .. Enumerable.Repeat(float.NaN, slack)];
                float[] vector = new float[3 * axis.Count];
                float[] scalar = new float[axis.Count];
                RowSpread.Of(rows, inputs, axis.Lower, axis.Upper, axis.UpperWeight, vector);
                for (int y = 0; y < 3; y++)
                {
                    RowSpread.Scalar(
                        rows.AsSpan(y * inputs, inputs), inputs, axis.Lower, axis.Upper, axis.UpperWeight, scalar, 0, axis.Count);
                    Assert.Equal(scalar, vector[(y * axis.Count)..((y + 1) * axis.Count)]);
                }
            }
        }
    }

    [Fact]
    public void Row_spread_takes_any_indices_that_never_fall() =>
        Gen.Select(Gen.Int[0, 9].Array[1, 60], Gen.Int[0, 12].Array[60], Gen.Int[0, 20]).Sample((steps, reaches, slack) =>
        {
            int[] lower = [.. steps.Select((_, i) => steps.Take(i).Sum())];
            int[] upper = [.. lower.Select((l, i) => l + reaches[i])];
            for (int i = 1; i < upper.Length; i++)
            {
                upper[i] = Math.Max(upper[i], upper[i - 1]);
            }

            float[] weight = Positive(lower.Length, 1);
            float[] row = Positive(upper[^1] + 1 + slack, 2);
            float[] actual = new float[lower.Length];
            RowSpread.Of(row, row.Length, lower, upper, weight, actual);
            Assert.Equal(lower.Select((l, i) => row[l] + ((row[upper[i]] - row[l]) * weight[i])), actual);
        });

    [Fact]
    public void Row_spread_never_reads_outside_the_rows() =>
        Assert.ThrowsAny<Exception>(() => RowSpread.Of(new float[20], 20, new int[16], [.. Enumerable.Range(5, 16)], new float[16], new float[16]));

    private static bool IsGood(float sum, bool negative) => sum > 0 && float.IsFinite(sum) && !negative;

    private static float[] Positive(int length, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, length).Select(_ => random.NextSingle() + 1e-3f)];
    }
}
