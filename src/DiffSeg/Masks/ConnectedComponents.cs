namespace DiffSeg;

/// <summary>The 4-connected components of a mask.</summary>
/// <remarks>
/// Row by row in runs of one label: a run joins the components of the runs above that touch it and have its label.
/// Components are numbered in the order of their first pixels.
/// </remarks>
internal sealed class ConnectedComponents
{
    private readonly List<Run> _runs = [];
    private readonly List<int> _parents = [];

    private ConnectedComponents(ReadOnlySpan<ushort> labels, int height, int width)
    {
        int aboveStart = 0;
        for (int y = 0; y < height; y++)
        {
            int rowStart = _runs.Count;
            AddRuns(labels.Slice(y * width, width), y * width);
            JoinRows(aboveStart, rowStart, width);
            aboveStart = rowStart;
        }

        Map = new int[labels.Length];
        (Areas, Labels) = NumberComponents();
    }

    /// <summary>Component of each pixel.</summary>
    public int[] Map { get; }

    /// <summary>Pixels of each component.</summary>
    public int[] Areas { get; }

    /// <summary>Label of each component.</summary>
    public ushort[] Labels { get; }

    /// <summary>Number of components.</summary>
    public int Count => Areas.Length;

    /// <summary>Finds the components.</summary>
    /// <param name="labels">The mask, row-major.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <returns>The components.</returns>
    public static ConnectedComponents Of(ReadOnlySpan<ushort> labels, int height, int width) =>
        new(labels, height, width);

    private void AddRuns(ReadOnlySpan<ushort> row, int offset)
    {
        for (int x = 0; x < row.Length;)
        {
            int length = row[x..].IndexOfAnyExcept(row[x]);
            int end = length < 0 ? row.Length : x + length;
            _parents.Add(_runs.Count);
            _runs.Add(new Run(offset + x, offset + end, row[x]));
            x = end;
        }
    }

    private void JoinRows(int above, int current, int width)
    {
        int aboveEnd = current;
        int currentEnd = _runs.Count;
        while (above < aboveEnd && current < currentEnd)
        {
            Run upper = _runs[above];
            Run lower = _runs[current];
            bool touch = upper.Start + width < lower.End && lower.Start < upper.End + width;
            if (touch && upper.Label == lower.Label)
            {
                Join(above, current);
            }

            // The run that ends first can touch nothing further.
            int ahead = (upper.End + width).CompareTo(lower.End);
            above += ahead <= 0 ? 1 : 0;
            current += ahead >= 0 ? 1 : 0;
        }
    }

    private void Join(int first, int second)
    {
        int a = Root(first);
        int b = Root(second);

        // The root is the component's first run, so that numbers follow the first pixels.
        _parents[Math.Max(a, b)] = Math.Min(a, b);
    }

    private int Root(int run)
    {
        while (_parents[run] != run)
        {
            _parents[run] = _parents[_parents[run]];
            run = _parents[run];
        }

        return run;
    }

    private (int[] Areas, ushort[] Labels) NumberComponents()
    {
        int[] numbers = new int[_runs.Count];
        List<int> areas = [];
        List<ushort> labels = [];
        for (int i = 0; i < _runs.Count; i++)
        {
            Run run = _runs[i];
            int root = Root(i);
            if (root == i)
            {
                numbers[i] = areas.Count;
                areas.Add(0);
                labels.Add(run.Label);
            }

            areas[numbers[root]] += run.End - run.Start;
            Map.AsSpan(run.Start, run.End - run.Start).Fill(numbers[root]);
        }

        return ([.. areas], [.. labels]);
    }

    private readonly record struct Run(int Start, int End, ushort Label);
}
