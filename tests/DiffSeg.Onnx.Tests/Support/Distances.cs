namespace DiffSeg.Onnx.Tests.Support;

/// <summary>How far arrays are from each other.</summary>
internal static class Distances
{
    /// <summary>The largest absolute difference; infinite where one value is not a number.</summary>
    public static double Largest(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Assert.Equal(a.Length, b.Length);
        double largest = 0;
        for (int i = 0; i < a.Length; i++)
        {
            double difference = Math.Abs((double)a[i] - b[i]);
            largest = double.IsNaN(difference) ? double.PositiveInfinity : Math.Max(largest, difference);
        }

        return largest;
    }
}
