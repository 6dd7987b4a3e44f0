namespace DiffSeg.Tests.Clustering;

/// <summary>DBSCAN as it was published: every distance in double precision, clusters grown one after the other.</summary>
internal static class NaiveDbscan
{
    public static int[] Run(AggregatedAttention attention, DbscanOptions options)
    {
        int count = attention.Tokens;
        double[][] maps = [.. Enumerable.Range(0, count)
            .Select(i => attention.Map(i).ToArray().Select(v => Math.Max((double)v, 1.17549435e-38f)).ToArray())];
        double[][] logs = [.. maps.Select(map => map.Select(v => Math.Log(v)).ToArray())];
        bool[] excluded = [.. Enumerable.Range(0, count)
            .Select(i => options.ZeroAttention == ZeroAttention.MatchesNothing && attention.Map(i).Contains(0f))];
        int[][] neighbours = [.. Enumerable.Range(0, count).Select(i => Enumerable.Range(0, count)
            .Where(j => !excluded[i] && !excluded[j] && Distance(maps[i], logs[i], maps[j], logs[j]) < options.Epsilon)
            .ToArray())];
        int[] labels = new int[count];
        Array.Fill(labels, -1);
        int clusters = 0;
        for (int i = 0; i < count; i++)
        {
            if (labels[i] < 0 && neighbours[i].Length >= options.MinPoints)
            {
                Grow(i, clusters++, neighbours, options.MinPoints, labels);
            }
        }

        return labels;
    }

    private static void Grow(int seed, int cluster, int[][] neighbours, int minPoints, int[] labels)
    {
        Queue<int> reached = new([seed]);
        while (reached.TryDequeue(out int i))
        {
            if (labels[i] >= 0)
            {
                continue;
            }

            labels[i] = cluster;
            if (neighbours[i].Length >= minPoints)
            {
                Array.ForEach(neighbours[i], reached.Enqueue);
            }
        }
    }

    private static double Distance(double[] x, double[] logX, double[] y, double[] logY)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += (x[i] - y[i]) * (logX[i] - logY[i]);
        }

        return sum / 2;
    }
}
