namespace DiffSeg.Tests.Goldens;

/// <summary>Compares masks where the goldens say that they are safe.</summary>
internal static class GoldenMask
{
    /// <summary>Equal wherever the margin class is 0; elsewhere two proposals are nearly equal and rounding decides.</summary>
    public static void Check(int[] expected, int[] marginClass, ReadOnlySpan<ushort> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        int wrong = 0;
        int differ = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            bool equal = expected[i] == actual[i];
            differ += equal ? 0 : 1;
            wrong += equal || marginClass[i] > 0 ? 0 : 1;
        }

        Assert.True(wrong == 0, $"{wrong} pixels differ where the margin is safe.");

        // What a straightforward single-precision implementation reaches, says the README: 2 pixels at most.
        Assert.True(differ <= 2, $"{differ} pixels differ, more than rounding explains.");
    }
}
