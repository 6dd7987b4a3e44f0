namespace DiffSeg.Onnx.Tests.Support;

/// <summary>Compares lists of numbers.</summary>
internal static class Close
{
    /// <summary>The largest absolute difference is at most the tolerance, and there is something to compare.</summary>
    public static void Assert(float[] expected, float[] actual, double tolerance)
    {
        Xunit.Assert.NotEmpty(expected);
        Xunit.Assert.Equal(expected.Length, actual.Length);
        double worst = expected.Zip(actual, (a, b) => (double)Math.Abs(a - b)).Max();
        Xunit.Assert.True(worst <= tolerance, $"largest difference {worst}, allowed {tolerance}");
    }
}
