namespace DiffSeg.Evaluation;

/// <summary>The ground truth of one image: a class for every pixel, or <see cref="Ignored"/>.</summary>
public sealed class LabelMap
{
    /// <summary>The value of a pixel that has no class and is not counted.</summary>
    public const ushort Ignored = ushort.MaxValue;

    private readonly ushort[] _classes;

    /// <summary>Wraps the classes of an image.</summary>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="classes">Height x width classes from 0, row-major; <see cref="Ignored"/> where there is none. Kept,
    /// not copied: leave the array alone afterwards.</param>
    /// <exception cref="ArgumentNullException">There is no array.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1.</exception>
    /// <exception cref="ArgumentException">The array does not have height x width values.</exception>
    public LabelMap(int height, int width, ushort[] classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        if ((long)height * width != classes.Length)
        {
            throw new ArgumentException(
                $"A label map of {height} x {width} has {(long)height * width} pixels, but {nameof(classes)} has "
                + $"{classes.Length} values.",
                nameof(classes));
        }

        Height = height;
        Width = width;
        _classes = classes;
    }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height x width classes, row-major; <see cref="Ignored"/> where there is none.</summary>
    public ReadOnlySpan<ushort> Classes => _classes;

    /// <summary>The classes that own a pixel.</summary>
    /// <returns>Ascending, without <see cref="Ignored"/>; empty where every pixel is ignored.</returns>
    public IReadOnlyList<ushort> PresentClasses()
    {
        bool[] seen = new bool[Ignored + 1];
        foreach (ushort value in _classes)
        {
            seen[value] = true;
        }

        List<ushort> present = [];
        for (ushort value = 0; value < Ignored; value++)
        {
            if (seen[value])
            {
                present.Add(value);
            }
        }

        return present;
    }
}
