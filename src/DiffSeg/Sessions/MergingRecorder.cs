namespace DiffSeg;

/// <summary>Writes down each iteration of a merging.</summary>
/// <param name="thresholds">The threshold of each iteration.</param>
internal sealed class MergingRecorder(IReadOnlyList<float> thresholds)
{
    private readonly List<MergingStep> _steps = [];

    // Of all maps of the last iteration, those that matched nothing included: what anchors of the next one count in.
    private int[] _tokens = [];

    /// <summary>The iterations so far.</summary>
    public IReadOnlyList<MergingStep> Steps => _steps;

    /// <summary>Takes the first iteration down.</summary>
    /// <param name="first">What it found.</param>
    public void Begin(FirstMerge first) => Add(0, first.Anchors, first.Matches, first.Maps);

    /// <summary>Takes a later iteration down.</summary>
    /// <param name="iteration">What it found.</param>
    public void Add(IterativeMerging.Iteration iteration)
    {
        int[] tokens = new int[iteration.Anchors.Length];
        for (int i = 0; i < tokens.Length; i++)
        {
            tokens[i] = _tokens[iteration.Anchors[i]];
        }

        Add(iteration.Index, tokens, iteration.Matches.Counts(), iteration.Proposals);
    }

    private void Add(int iteration, int[] tokens, int[] matches, MapRows maps)
    {
        _tokens = tokens;
        int[] found = [.. Enumerable.Range(0, tokens.Length).Where(i => matches[i] > 0)];
        float[] values = GC.AllocateUninitializedArray<float>(found.Length * maps.Tokens);
        for (int i = 0; i < found.Length; i++)
        {
            maps.Row(found[i]).CopyTo(values.AsSpan(i * maps.Tokens));
        }

        _steps.Add(new MergingStep(
            iteration,
            thresholds[iteration],
            new ProposalSet(values, found.Length, maps.Height, maps.Width),
            [.. found.Select(i => tokens[i])],
            [.. found.Select(i => matches[i])]));
    }
}
