namespace DiffSeg;

/// <summary>The 4-connected components of a mask.</summary>
/// <remarks>
/// Row by row: a run joins the components of the runs above that touch it and have its label. Components are numbered
/// in the order of their first pixels. Keeps its buffers for the next mask.
/// </remarks>
internal sealed class ConnectedComponents
{
    private KeptBuffer<int> _parents;
    private KeptBuffer<int> _numbers;
    private KeptBuffer<int> _areas;
    private KeptBuffer<ushort> _labels;

    /// <summary>Number of components.</summary>
    public int Count { get; private set; }

    /// <summary>Pixels of each component.</summary>
    public ReadOnlySpan<int> Areas => _areas.Array.AsSpan(0, Count);

    /// <summary>Label of each component.</summary>
    public ReadOnlySpan<ushort> Labels => _labels.Array.AsSpan(0, Count);

    /// <summary>Finds the components.</summary>
    /// <param name="runs">The mask; the runs' labels become the numbers of their components.</param>
    public void Find(MaskRuns runs)
    {
        Span<Run> all = runs.All;
        Span<int> parents = _parents.Take(all.Length);
        for (int i = 0; i < all.Length; i++)
        {
            parents[i] = i;
        }

        for (int y = 1; y < runs.Height; y++)
        {
            JoinRows(runs, y, parents);
        }

        Number(all, parents);
    }

    private static void JoinRows(MaskRuns runs, int y, Span<int> parents)
    {
        Span<Run> all = runs.All;
        (int above, int aboveEnd) = runs.Row(y - 1);
        (int current, int currentEnd) = runs.Row(y);
        while (above < aboveEnd && current < currentEnd)
        {
            Run upper = all[above];
            (int start, int end) = (all[current].Start - runs.Width, all[current].End - runs.Width);
            if (upper.Start < end && start < upper.End && upper.Value == all[current].Value)
            {
                Join(parents, above, current);
            }

            // The run that ends first can touch nothing further.
            int ahead = upper.End.CompareTo(end);
            above += ahead <= 0 ? 1 : 0;
            current += ahead >= 0 ? 1 : 0;
        }
    }

    private static void Join(Span<int> parents, int first, int second)
    {
        int a = Root(parents, first);
        int b = Root(parents, second);

        // The root is the component's first run, so that numbers follow the first pixels.
        parents[Math.Max(a, b)] = Math.Min(a, b);
    }

    private static int Root(Span<int> parents, int run)
    {
        while (parents[run] != run)
        {
            parents[run] = parents[parents[run]];
            run = parents[run];
        }

        return run;
    }

    private void Number(Span<Run> all, Span<int> parents)
    {
        Span<int> numbers = _numbers.Take(all.Length);
        Span<int> areas = _areas.Take(all.Length);
        Span<ushort> labels = _labels.Take(all.Length);
        Count = 0;
        for (int i = 0; i < all.Length; i++)
        {
            int root = Root(parents, i);
            if (root == i)
            {
                numbers[i] = Count;
                labels[Count] = (ushort)all[i].Value;
                areas[Count++] = 0;
            }

            numbers[i] = numbers[root];
            areas[numbers[i]] += all[i].End - all[i].Start;
            all[i] = all[i] with { Value = numbers[i] };
        }
    }
}
