namespace DiffSeg;

/// <summary>The resolutions of a set of attention tensors, finest first, and which tensor belongs to which.</summary>
internal sealed class AttentionLadder
{
    private readonly int[] _levelOfTensor;

    /// <summary>Groups the tensors by resolution.</summary>
    /// <param name="tensors">Shapes in any order.</param>
    /// <exception cref="ArgumentException">No tensors, or a shape without heads, rows or columns, or one too large.</exception>
    public AttentionLadder(IReadOnlyList<AttentionShape> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        if (tensors.Count == 0)
        {
            throw new ArgumentException("There must be at least one attention tensor.", nameof(tensors));
        }

        for (int i = 0; i < tensors.Count; i++)
        {
            Check(tensors[i], i);
        }

        Tensors = [.. tensors];
        Levels = [.. tensors
            .Select(t => (t.Height, t.Width))
            .Distinct()
            .OrderByDescending(size => size.Height * size.Width)
            .ThenByDescending(size => size.Height)];
        _levelOfTensor = [.. tensors.Select(t => Array.IndexOf(Levels, (t.Height, t.Width)))];
    }

    /// <summary>The tensors as given.</summary>
    public AttentionShape[] Tensors { get; }

    /// <summary>The resolutions, finest first.</summary>
    public (int Height, int Width)[] Levels { get; }

    /// <summary>The resolution of a tensor, as an index into <see cref="Levels"/>.</summary>
    /// <param name="tensor">Index into <see cref="Tensors"/>.</param>
    /// <returns>The level.</returns>
    public int LevelOf(int tensor) => _levelOfTensor[tensor];

    /// <summary>The first tensor of a resolution, to name it by.</summary>
    /// <param name="level">Index into <see cref="Levels"/>.</param>
    /// <returns>Index into <see cref="Tensors"/>.</returns>
    public int FirstTensorOf(int level) => Array.IndexOf(_levelOfTensor, level);

    /// <summary>For each query token of the finest resolution, the one of another resolution that covers it.</summary>
    /// <param name="level">Index into <see cref="Levels"/>.</param>
    /// <returns>Tokens of that level: rows and columns repeated by the ratio of the sizes (nearest).</returns>
    public int[] CellsOf(int level)
    {
        (int height, int width) = Levels[0];
        (int levelHeight, int levelWidth) = Levels[level];
        int[] cells = new int[height * width];
        for (int i = 0; i < cells.Length; i++)
        {
            int y = (int)((long)(i / width) * levelHeight / height);
            int x = (int)((long)(i % width) * levelWidth / width);
            cells[i] = (y * levelWidth) + x;
        }

        return cells;
    }

    /// <summary>The query tokens of the finest resolution, from cell to cell of the coarser ones.</summary>
    /// <returns>
    /// The tokens of a cell of the coarsest resolution follow one another, within it those of a cell of the next finer,
    /// and so on.
    /// </returns>
    public int[] QueryOrder()
    {
        IEnumerable<int> order = Enumerable.Range(0, Levels[0].Height * Levels[0].Width);
        for (int level = 1; level < Levels.Length; level++)
        {
            int[] cells = CellsOf(level);
            order = order.OrderBy(query => cells[query]);
        }

        return [.. order];
    }

    /// <summary>The weight of each resolution, finest first.</summary>
    /// <param name="options">Weights asked for, or null weights for weights in proportion to the side.</param>
    /// <returns>One weight per level.</returns>
    /// <exception cref="ArgumentException">The number of weights is not the number of resolutions.</exception>
    public float[] Weights(AggregationOptions options)
    {
        if (options.Weights is { } given && given.Count != Levels.Length)
        {
            throw new ArgumentException(
                $"There are {given.Count} weights for {Levels.Length} resolutions "
                + $"({string.Join(", ", Levels.Select(l => $"{l.Height}x{l.Width}"))}); give one each, finest first.",
                nameof(options));
        }

        double[] weights = options.Weights is null
            ? [.. Levels.Select(l => Math.Sqrt((double)l.Height * l.Width))]
            : [.. options.Weights.Select(w => (double)w)];
        double sum = options.Weights is null || options.NormalizeWeights ? weights.Sum() : 1;
        return [.. weights.Select(w => (float)(w / sum))];
    }

    private static void Check(AttentionShape shape, int tensor)
    {
        if (shape.Heads < 1 || shape.Height < 1 || shape.Width < 1)
        {
            throw new ArgumentException(
                $"Tensor {tensor} has the shape {shape}; heads, height and width must be at least 1.", "tensors");
        }

        long tokens = (long)shape.Height * shape.Width;
        if (tokens * tokens > Array.MaxLength)
        {
            throw new ArgumentException(
                $"Tensor {tensor} of {shape} has {tokens * tokens} values per head, more than an array holds; "
                + "use a model of lower resolution.",
                "tensors");
        }
    }
}
