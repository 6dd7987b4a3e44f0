namespace DiffSeg.Evaluation;

/// <summary>Matches as many pixels of two boundaries as can be, each with one neighbour at most.</summary>
/// <remarks>
/// J. E. Hopcroft and R. M. Karp, "An n^(5/2) algorithm for maximum matchings in bipartite graphs", SIAM Journal on
/// Computing 2(4), 1973, begun with the nearest pairs.
/// </remarks>
internal sealed class BoundaryMatching
{
    private const int None = -1;

    private readonly BoundaryNeighbours _neighbours;
    private readonly int[] _partners;
    private readonly int[] _partnersOfTruth;
    private readonly int[] _levels;
    private readonly int[] _next;
    private readonly Stack<int> _path = [];

    private BoundaryMatching(BoundaryNeighbours neighbours, int truthPixels)
    {
        _neighbours = neighbours;
        _partners = new int[neighbours.Count];
        _partnersOfTruth = new int[truthPixels];
        _levels = new int[neighbours.Count];
        _next = new int[neighbours.Count];
        Array.Fill(_partners, None);
        Array.Fill(_partnersOfTruth, None);
    }

    /// <summary>Matches the pixels of two boundaries.</summary>
    /// <param name="neighbours">Who may be matched with whom.</param>
    /// <param name="truthPixels">Pixels of the boundary that is looked in.</param>
    /// <returns>The partner of each pixel that looks; -1 where it has none.</returns>
    public static ReadOnlySpan<int> Solve(BoundaryNeighbours neighbours, int truthPixels)
    {
        BoundaryMatching matching = new(neighbours, truthPixels);
        matching.TakeNearest();
        while (matching.FindLevels())
        {
            Array.Clear(matching._next);
            for (int pixel = 0; pixel < neighbours.Count; pixel++)
            {
                if (matching._partners[pixel] == None)
                {
                    matching.TryAugment(pixel);
                }
            }
        }

        return matching._partners;
    }

    private void TakeNearest()
    {
        foreach ((int pixel, int truth) in _neighbours.ByDistance())
        {
            if (_partners[pixel] == None && _partnersOfTruth[truth] == None)
            {
                (_partners[pixel], _partnersOfTruth[truth]) = (truth, pixel);
            }
        }
    }

    // Breadth first from all pixels without a partner; true when one without a partner on the other side is reached.
    private bool FindLevels()
    {
        Queue<int> queue = [];
        for (int pixel = 0; pixel < _partners.Length; pixel++)
        {
            _levels[pixel] = _partners[pixel] == None ? 0 : None;
            if (_levels[pixel] == 0)
            {
                queue.Enqueue(pixel);
            }
        }

        bool found = false;
        while (queue.TryDequeue(out int pixel))
        {
            foreach (int truth in _neighbours.Of(pixel))
            {
                int partner = _partnersOfTruth[truth];
                found |= partner == None;
                if (partner != None && _levels[partner] == None)
                {
                    _levels[partner] = _levels[pixel] + 1;
                    queue.Enqueue(partner);
                }
            }
        }

        return found;
    }

    // Depth first along the levels, without recursion: a path may be as long as the boundary.
    private void TryAugment(int start)
    {
        _path.Clear();
        _path.Push(start);
        while (_path.TryPeek(out int pixel))
        {
            ReadOnlySpan<int> neighbours = _neighbours.Of(pixel);
            if (_next[pixel] == neighbours.Length)
            {
                _path.Pop();
                continue;
            }

            int partner = _partnersOfTruth[neighbours[_next[pixel]++]];
            if (partner == None)
            {
                TakePath();
            }
            else if (_levels[partner] == _levels[pixel] + 1)
            {
                _path.Push(partner);
            }
        }
    }

    private void TakePath()
    {
        while (_path.TryPop(out int pixel))
        {
            int truth = _neighbours.Of(pixel)[_next[pixel] - 1];
            (_partners[pixel], _partnersOfTruth[truth]) = (truth, pixel);
        }
    }
}
