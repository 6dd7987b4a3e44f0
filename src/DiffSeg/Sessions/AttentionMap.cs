using DiffSeg.Pictures;

namespace DiffSeg;

/// <summary>Where in a picture something is: a weight per token of the attention map, such as how one spot's attention spreads.</summary>
public sealed partial class AttentionMap
{
    private readonly float[] _values;

    /// <summary>A map.</summary>
    /// <param name="values">Height x width weights, at least 0, row-major; copied.</param>
    /// <param name="height">Rows of tokens, at least 1.</param>
    /// <param name="width">Columns of tokens, at least 1.</param>
    /// <param name="grid">The picture's size in pixels, and where its pixels lie on the map.</param>
    /// <param name="picture">The picture, to be shown beneath; null where there is none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1.</exception>
    /// <exception cref="ArgumentException">The number of weights is not height x width, one is negative or not finite, or the grid is impossible.</exception>
    public AttentionMap(ReadOnlySpan<float> values, int height, int width, MaskGrid grid, Picture? picture = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        grid.Check();
        if (values.Length != (long)height * width)
        {
            throw new ArgumentException($"{height} x {width} tokens need {(long)height * width} weights; there are {values.Length}.", nameof(values));
        }

        foreach (float value in values)
        {
            if (!(value >= 0) || float.IsInfinity(value))
            {
                throw new ArgumentException($"A weight is {value}; weights are finite and at least 0.", nameof(values));
            }
        }

        _values = values.ToArray();
        (Height, Width, Grid, Picture) = (height, width, grid, picture);
    }

    /// <summary>Rows of tokens.</summary>
    public int Height { get; }

    /// <summary>Columns of tokens.</summary>
    public int Width { get; }

    /// <summary>The weight of each token, row-major, Height x Width.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>The picture's size in pixels, and where its pixels lie on the map.</summary>
    public MaskGrid Grid { get; }

    /// <summary>The picture, where there is one.</summary>
    public Picture? Picture { get; }

    /// <summary>The spot that the map belongs to, in pixels from the picture's upper left corner; null where it is no spot's.</summary>
    public (int X, int Y)? Point { get; init; }
}
