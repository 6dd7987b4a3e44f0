using DiffSeg.Evaluation;

namespace DiffSeg.DataSets;

/// <summary>
/// Which part of a picture is evaluated, and at what size: the centre of an aspect ratio or all of it, in its own pixels or
/// resized. A label map and the mask it is compared with need the same.
/// </summary>
/// <remarks>
/// Labels are resized by the nearest neighbour: output pixel i shows pixel min(floor((i + 0.5) * in / out), in - 1).
/// </remarks>
public sealed record LabelMapGeometry
{
    /// <summary>The whole picture in its own pixels.</summary>
    public static LabelMapGeometry Original { get; } = new();

    /// <summary>
    /// Height and width of the aspect ratio to cut to, at the centre; null for the whole picture. Only their ratio counts.
    /// </summary>
    public (int Height, int Width)? Crop
    {
        get;
        init => field = Positive(value, nameof(Crop));
    }

    /// <summary>Rows and columns to resize to; null for the picture's own pixels.</summary>
    public (int Height, int Width)? Size
    {
        get;
        init => field = Positive(value, nameof(Size));
    }

    /// <summary>The published protocol: the centre square, resized.</summary>
    /// <param name="side">Rows and columns, at least 1; null for the picture's own pixels.</param>
    /// <returns>The geometry.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The side is below 1.</exception>
    public static LabelMapGeometry CentreSquare(int? side = null)
        => new() { Crop = (1, 1), Size = side is { } given ? (given, given) : null };

    /// <summary>The part of a picture that is evaluated, in its pixels.</summary>
    /// <param name="height">Height of the picture, at least 1.</param>
    /// <param name="width">Width of the picture, at least 1.</param>
    /// <returns>First row and column, rows and columns. An odd pixel is cut off below or on the right.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1.</exception>
    public (int Top, int Left, int Height, int Width) Covered(int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (Crop is not { } aspect)
        {
            return (0, 0, height, width);
        }

        bool wide = (long)width * aspect.Height > (long)height * aspect.Width;
        int rows = wide ? height : Part(width, aspect.Height, aspect.Width, height);
        int columns = wide ? Part(height, aspect.Width, aspect.Height, width) : width;
        return ((height - rows) / 2, (width - columns) / 2, rows, columns);
    }

    /// <summary>Cuts and resizes a label map.</summary>
    /// <param name="map">The label map of the whole picture.</param>
    /// <returns>The map; the same one where nothing is to be done.</returns>
    /// <exception cref="ArgumentNullException">There is no map.</exception>
    public LabelMap Apply(LabelMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        (int top, int left, int rows, int columns) = Covered(map.Height, map.Width);
        (int height, int width) = Size ?? (rows, columns);
        if ((height, width) == (map.Height, map.Width) && (rows, columns) == (map.Height, map.Width))
        {
            return map;
        }

        int[] across = [.. Enumerable.Range(0, width).Select(x => left + Nearest(x, columns, width))];
        var classes = new ushort[height * width];
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<ushort> source = map.Classes.Slice((top + Nearest(y, rows, height)) * map.Width, map.Width);
            Span<ushort> row = classes.AsSpan(y * width, width);
            for (int x = 0; x < width; x++)
            {
                row[x] = source[across[x]];
            }
        }

        return new LabelMap(height, width, classes);
    }

    // floor((i + 0.5) * source / target) in whole numbers.
    private static int Nearest(int i, int source, int target)
        => (int)Math.Min(((2L * i) + 1) * source / (2L * target), source - 1);

    private static int Part(int whole, int share, int of, int most)
        => Math.Clamp((int)Math.Round(whole * (double)share / of), 1, most);

    private static (int Height, int Width)? Positive((int Height, int Width)? value, string name)
        => value is null or { Height: >= 1, Width: >= 1 } && (long)(value?.Height ?? 1) * (value?.Width ?? 1) <= Array.MaxLength
            ? value
            : throw new ArgumentOutOfRangeException(name, value, "Height and width must be at least 1, and fit an array.");
}
