namespace DiffSeg.MLNet.Tests.Data;

/// <summary>
/// Attention of pictures made of plain regions: each token attends to its own region alike, hardly beyond.
/// </summary>
internal static class SyntheticAttention
{
    private const float Elsewhere = 1e-4f;

    /// <summary>One tensor [N, N] of a map of height x width tokens, given the region at (y, x) in [0, 1).</summary>
    public static float[] Map(int height, int width, Func<double, double, int> regionAt)
    {
        int tokens = height * width;
        int[] regions = [.. Enumerable.Range(0, tokens).Select(
            token => regionAt(((token / width) + 0.5) / height, ((token % width) + 0.5) / width))];
        float[] map = new float[tokens * tokens];
        for (int i = 0; i < tokens; i++)
        {
            Span<float> row = map.AsSpan(i * tokens, tokens);
            float sum = 0;
            for (int j = 0; j < tokens; j++)
            {
                sum += row[j] = regions[j] == regions[i] ? 1 : Elsewhere;
            }

            for (int j = 0; j < tokens; j++)
            {
                row[j] /= sum;
            }
        }

        return map;
    }

    /// <summary>The same map for several heads, which differ by how strongly they look elsewhere.</summary>
    public static float[] Heads(int heads, int height, int width, Func<double, double, int> regionAt)
    {
        float[] map = Map(height, width, regionAt);
        float even = 1f / (height * width);
        return [.. Enumerable.Range(0, heads).SelectMany(
            head => map.Select(value => (value * (1 - (0.01f * head))) + (0.01f * head * even)))];
    }
}
