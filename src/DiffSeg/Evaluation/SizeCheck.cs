namespace DiffSeg.Evaluation;

/// <summary>The check that every comparison of a mask with a ground truth begins with.</summary>
internal static class SizeCheck
{
    /// <summary>Throws unless both have the same height and width.</summary>
    public static void Same(LabelMap truth, ReadOnlySpan<ushort> mask, int height, int width)
    {
        ArgumentNullException.ThrowIfNull(truth);
        Whole(mask, height, width);
        if (truth.Height != height || truth.Width != width)
        {
            throw new EvaluationException(
                $"The mask has {height} x {width} pixels, the ground truth {truth.Height} x {truth.Width}. Make the mask "
                + "at the ground truth's size, or resize the ground truth by nearest neighbour.");
        }
    }

    /// <summary>Throws unless the mask has height x width labels, at least one.</summary>
    public static void Whole(ReadOnlySpan<ushort> mask, int height, int width)
    {
        if (height < 1 || width < 1 || mask.Length != (long)height * width)
        {
            throw new EvaluationException(
                $"The mask has {mask.Length} labels, but {height} x {width} pixels ask for {(long)height * width}, at "
                + "least 1.");
        }
    }
}
