namespace DiffSeg.Cli.Viewing.Answers;

/// <summary>Masks as the page takes them: exact for any number of segments, small, and nothing to decode.</summary>
internal static class LabelRuns
{
    /// <summary>Label and length of each run of equal labels, one after the other; a run may go on in the next row.</summary>
    /// <param name="labels">The labels, row-major.</param>
    public static int[] Of(ReadOnlySpan<ushort> labels)
    {
        var runs = new List<int>(4096);
        while (!labels.IsEmpty)
        {
            int length = labels.IndexOfAnyExcept(labels[0]);
            length = length < 0 ? labels.Length : length;
            runs.Add(labels[0]);
            runs.Add(length);
            labels = labels[length..];
        }

        return [.. runs];
    }
}
