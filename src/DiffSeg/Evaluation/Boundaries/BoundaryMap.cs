namespace DiffSeg.Evaluation;

/// <summary>The thin boundaries between the regions of an image.</summary>
public sealed class BoundaryMap
{
    private readonly int[] _pixels;

    private BoundaryMap(int height, int width, int[] pixels)
    {
        Height = height;
        Width = width;
        _pixels = pixels;
    }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>The boundary's pixels, each row x width + column, ascending.</summary>
    public ReadOnlySpan<int> Pixels => _pixels;

    /// <summary>The boundaries of a mask or a ground truth, thinned to one pixel.</summary>
    /// <remarks>
    /// As BSDS's seg2bdry at image size: a pixel is boundary when a border between two labels ends at its lower right
    /// corner; then thinned (see <see cref="BoundaryThinning"/>). A border with <see cref="LabelMap.Ignored"/> is none.
    /// </remarks>
    /// <param name="labels">Height x width labels or classes, row-major.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <returns>The map.</returns>
    /// <exception cref="EvaluationException">There are not height x width labels.</exception>
    public static BoundaryMap FromLabels(ReadOnlySpan<ushort> labels, int height, int width)
    {
        SizeCheck.Whole(labels, height, width);
        bool[] boundary = new bool[labels.Length];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                MarkBorders(labels, (y * width) + x, x + 1 < width, y + 1 < height, width, boundary);
            }
        }

        BoundaryThinning.Thin(boundary, height, width);
        return FromPixels(boundary, height, width);
    }

    /// <summary>Boundaries drawn already, such as those that BSDS's files hold beside the segmentation.</summary>
    /// <param name="boundary">Height x width, row-major; true on the boundary. Taken as it is, not thinned.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <returns>The map.</returns>
    /// <exception cref="EvaluationException">There are not height x width values.</exception>
    public static BoundaryMap FromPixels(ReadOnlySpan<bool> boundary, int height, int width)
    {
        if (height < 1 || width < 1 || boundary.Length != (long)height * width)
        {
            throw new EvaluationException(
                $"The boundary has {boundary.Length} values, but {height} x {width} pixels ask for {(long)height * width}.");
        }

        List<int> pixels = [];
        for (int i = 0; i < boundary.Length; i++)
        {
            if (boundary[i])
            {
                pixels.Add(i);
            }
        }

        return new BoundaryMap(height, width, [.. pixels]);
    }

    /// <summary>The boundary without the pixels that no annotator gave a class.</summary>
    /// <param name="annotators">At least one, of this size.</param>
    /// <returns>This where nothing is left out.</returns>
    internal BoundaryMap WhereLabelled(IReadOnlyList<LabelMap> annotators)
    {
        int[] kept = Array.FindAll(_pixels, i => annotators.Any(truth => truth.Classes[i] != LabelMap.Ignored));
        return kept.Length == _pixels.Length ? this : new BoundaryMap(Height, Width, kept);
    }

    // A border between two neighbours ends at two corners; each corner belongs to the pixel on its upper left.
    private static void MarkBorders(
        ReadOnlySpan<ushort> labels, int pixel, bool hasRight, bool hasBelow, int width, bool[] boundary)
    {
        if (hasRight && Differ(labels[pixel], labels[pixel + 1]))
        {
            boundary[pixel] = true;
            if (pixel >= width)
            {
                boundary[pixel - width] = true;
            }
        }

        if (hasBelow && Differ(labels[pixel], labels[pixel + width]))
        {
            boundary[pixel] = true;
            if (pixel % width > 0)
            {
                boundary[pixel - 1] = true;
            }
        }
    }

    private static bool Differ(ushort first, ushort second) =>
        first != second && first != LabelMap.Ignored && second != LabelMap.Ignored;
}
