namespace DiffSeg.Onnx.Tests.Exports;

/// <summary>Images for the networks, by formula.</summary>
internal static class Pictures
{
    /// <summary>Waves of different length in the three channels, and a square that differs: [3, height, width] in [-1, 1].</summary>
    public static float[] Waves(int height, int width)
    {
        var image = new float[3 * height * width];
        for (int i = 0; i < image.Length; i++)
        {
            int channel = i / (height * width), y = i / width % height, x = i % width;
            double wave = Math.Sin((x * (channel + 1) + y * (3 - channel)) * 0.02);
            bool isInside = y > height / 4 && y < height / 2 && x > width / 3 && x < 2 * width / 3;
            image[i] = (float)(isInside ? -0.8 * wave : 0.6 * wave);
        }

        return image;
    }

    public static double LargestDifference(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Assert.Equal(a.Length, b.Length);
        double largest = 0;
        for (int i = 0; i < a.Length; i++)
        {
            Assert.True(float.IsFinite(b[i]));
            largest = Math.Max(largest, Math.Abs((double)a[i] - b[i]));
        }

        return largest;
    }
}
