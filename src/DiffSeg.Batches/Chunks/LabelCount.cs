namespace DiffSeg.Batches;

/// <summary>Counts the labels that occur in a mask. Keeps its table for the next one.</summary>
internal sealed class LabelCount
{
    private readonly bool[] _seen = new bool[ushort.MaxValue + 1];

    /// <summary>How many labels occur.</summary>
    /// <param name="labels">The mask.</param>
    public int Of(ReadOnlySpan<ushort> labels)
    {
        Array.Clear(_seen);
        int count = 0;
        foreach (ushort label in labels)
        {
            count += _seen[label] ? 0 : 1;
            _seen[label] = true;
        }

        return count;
    }
}
