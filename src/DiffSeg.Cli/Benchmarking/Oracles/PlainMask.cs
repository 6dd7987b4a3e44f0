namespace DiffSeg.Cli.Benchmarking.Oracles;

/// <summary>Non-maximum suppression as published: all proposals upsampled to the mask's size, then the largest of each pixel.</summary>
internal static class PlainMask
{
    /// <summary>Makes the mask.</summary>
    /// <param name="proposals">Proposals [count, height x width].</param>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="height">Rows of a proposal.</param>
    /// <param name="width">Columns of a proposal.</param>
    /// <param name="settings">The mask's size, and threads.</param>
    /// <returns>The index of the winning proposal per pixel; the lowest one on ties.</returns>
    public static int[] Of(float[] proposals, int count, int height, int width, FormulationSettings settings)
    {
        int pixels = settings.OutputHeight * settings.OutputWidth;
        float[][] large = [.. Enumerable.Range(0, count).Select(_ => new float[pixels])];
        var resizing = new PlainBilinear(height, width, settings.OutputHeight, settings.OutputWidth);
        InRows.For(count, settings.Threads, (begin, end) =>
        {
            for (int k = begin; k < end; k++)
            {
                resizing.Resize(proposals.AsSpan(k * height * width, height * width), large[k]);
            }
        });

        int[] labels = new int[pixels];
        InRows.For(pixels, settings.Threads, (begin, end) =>
        {
            float[] best = large[0][begin..end];
            for (int k = 1; k < count; k++)
            {
                ReadOnlySpan<float> values = large[k].AsSpan(begin..end);
                for (int i = 0; i < values.Length; i++)
                {
                    if (values[i] > best[i])
                    {
                        best[i] = values[i];
                        labels[begin + i] = k;
                    }
                }
            }
        });
        return labels;
    }
}
