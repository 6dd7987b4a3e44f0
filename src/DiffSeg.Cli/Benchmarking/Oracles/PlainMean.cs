using System.Numerics.Tensors;

namespace DiffSeg.Cli.Benchmarking.Oracles;

/// <summary>Means of a few proposals, for the plain formulations.</summary>
internal static class PlainMean
{
    /// <summary>The mean of some of the maps.</summary>
    /// <param name="maps">Maps [count, tokens].</param>
    /// <param name="chosen">Which ones, at least one.</param>
    /// <param name="tokens">Values in each.</param>
    public static float[] Of(float[] maps, IReadOnlyList<int> chosen, int tokens)
    {
        float[] mean = new float[tokens];
        foreach (int map in chosen)
        {
            TensorPrimitives.Add(mean, maps.AsSpan(map * tokens, tokens), mean);
        }

        TensorPrimitives.Divide(mean, chosen.Count, mean);
        return mean;
    }

    /// <summary>Leaves out the proposals that matched nothing, whose values are NaN.</summary>
    /// <param name="maps">Maps [count, tokens].</param>
    /// <param name="count">How many.</param>
    /// <param name="tokens">Values in each.</param>
    public static (float[] Maps, int Count) WithoutUnmatched(float[] maps, int count, int tokens)
    {
        int[] matched = [.. Enumerable.Range(0, count).Where(map => !float.IsNaN(maps[map * tokens]))];
        return ([.. matched.SelectMany(map => new ArraySegment<float>(maps, map * tokens, tokens))], matched.Length);
    }
}
