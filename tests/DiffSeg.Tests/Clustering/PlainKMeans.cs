namespace DiffSeg.Tests.Clustering;

/// <summary>K-means as it is defined: every distance measured, every mean made anew, the variance taken in full.</summary>
internal sealed record PlainKMeans(int[] Labels, float[] Centres, int Iterations, double Inertia, float[] Means)
{
    public static PlainKMeans Run(MapRows maps, float[] start, KMeansOptions options)
    {
        float[] centres = [.. start];
        float[] mean = MatchMean.Of(All(maps), maps, 1, default).Values;
        double variance = Enumerable.Range(0, maps.Count).Sum(i => SquaredDistance.Accurate(maps.Row(i), mean))
            / ((double)maps.Count * maps.Tokens);
        int[] labels = new int[maps.Count];
        Array.Fill(labels, -1);
        int iterations = 0;
        bool unchanged = false;
        bool settled = false;
        while (iterations < options.MaxIterations && !unchanged && !settled)
        {
            int[] nearest = Nearest(maps, centres);
            unchanged = nearest.SequenceEqual(labels);
            labels = nearest;
            float[] moved = MeansOf(maps, WithoutEmpty(maps, labels, centres), centres);
            settled = SquaredDistance.Accurate(moved, centres) <= options.Tolerance * variance;
            centres = moved;
            iterations++;
        }

        labels = unchanged ? labels : Nearest(maps, centres);
        return new PlainKMeans(labels, centres, iterations, Own(maps, labels, centres).Sum(), MeansOf(maps, labels, centres));
    }

    private static int[] Nearest(MapRows maps, float[] centres) =>
        [.. Enumerable.Range(0, maps.Count).Select(i => Enumerable.Range(0, centres.Length / maps.Tokens)
            .MinBy(c => SquaredDistance.Accurate(maps.Row(i), centres.AsSpan(c * maps.Tokens, maps.Tokens))))];

    private static double[] Own(MapRows maps, int[] labels, float[] centres) =>
        [.. labels.Select((c, i) => SquaredDistance.Accurate(maps.Row(i), centres.AsSpan(c * maps.Tokens, maps.Tokens)))];

    private static float[] MeansOf(MapRows maps, int[] owners, float[] centres)
    {
        int clusters = centres.Length / maps.Tokens;
        float[] means = [.. centres];
        for (int cluster = 0; cluster < clusters; cluster++)
        {
            int[] members = [.. Enumerable.Range(0, owners.Length).Where(i => owners[i] == cluster)];
            for (int token = 0; members.Length > 0 && token < maps.Tokens; token++)
            {
                // Single precision, in blocks of 64 maps and then block to block.
                float sum = 0;
                foreach (IGrouping<int, int> block in members.GroupBy(i => i / 64))
                {
                    sum += block.Aggregate(0f, (partial, i) => partial + maps.Row(i)[token]);
                }

                means[(cluster * maps.Tokens) + token] = sum / members.Length;
            }
        }

        return means;
    }

    private static int[] WithoutEmpty(MapRows maps, int[] labels, float[] centres)
    {
        int[] owners = [.. labels];
        double[] distances = Own(maps, labels, centres);
        Queue<int> farthest = new(Enumerable.Range(0, owners.Length).OrderByDescending(i => distances[i]));
        for (int cluster = 0; cluster < centres.Length / maps.Tokens; cluster++)
        {
            while (!owners.Contains(cluster) && farthest.TryDequeue(out int i))
            {
                owners[i] = owners.Count(c => c == owners[i]) > 1 ? cluster : owners[i];
            }
        }

        return owners;
    }

    private static MatchMatrix All(MapRows maps)
    {
        MatchMatrix all = new(1, maps);
        for (int i = 0; i < maps.Count; i++)
        {
            all.Set(0, i);
        }

        return all;
    }
}
