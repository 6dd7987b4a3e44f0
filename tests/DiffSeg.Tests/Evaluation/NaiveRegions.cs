namespace DiffSeg.Tests.Evaluation;

/// <summary>The region measures by their definitions, pixel by pixel and pair by pair.</summary>
internal static class NaiveRegions
{
    public static double RandIndex(ushort[] a, ushort[] b)
    {
        (long agree, long pairs) = (0, 0);
        for (int i = 0; i < a.Length; i++)
        {
            for (int j = i + 1; j < a.Length; j++)
            {
                agree += (a[i] == a[j]) == (b[i] == b[j]) ? 1 : 0;
                pairs++;
            }
        }

        return pairs == 0 ? 1 : (double)agree / pairs;
    }

    // H(a) + H(b) - 2 I(a, b), in bits.
    public static double VariationOfInformation(ushort[] a, ushort[] b)
    {
        double information = 0;
        foreach (ushort u in a.Distinct())
        {
            foreach (ushort v in b.Distinct())
            {
                double joint = Share(i => a[i] == u && b[i] == v);
                information += joint > 0
                    ? joint * Math.Log(joint / (Share(i => a[i] == u) * Share(i => b[i] == v)), 2)
                    : 0;
            }
        }

        return Entropy(a) + Entropy(b) - (2 * information);

        double Share(Func<int, bool> has) => (double)Enumerable.Range(0, a.Length).Count(has) / a.Length;
    }

    public static double Covering(ushort[] truth, ushort[] mask)
    {
        double sum = 0;
        foreach (ushort region in truth.Distinct())
        {
            HashSet<int> pixels = Pixels(truth, region);
            double best = mask.Distinct().Max(label =>
            {
                HashSet<int> other = Pixels(mask, label);
                return (double)pixels.Intersect(other).Count() / pixels.Union(other).Count();
            });
            sum += pixels.Count * best;
        }

        return sum / truth.Length;
    }

    private static HashSet<int> Pixels(ushort[] labels, ushort label) =>
        [.. Enumerable.Range(0, labels.Length).Where(i => labels[i] == label)];

    private static double Entropy(ushort[] labels) =>
        -labels.GroupBy(l => l).Select(g => (double)g.Count() / labels.Length).Sum(p => p * Math.Log(p, 2));
}
