namespace DiffSeg.Pictures;

/// <summary>The colour of each label.</summary>
/// <remarks>
/// <see cref="Standard"/> is safe for colour-blind readers: labels that follow each other differ strongly in normal,
/// protanope and deuteranope sight. A label always has the same colour; past the last colour the palette begins again.
/// </remarks>
public sealed partial class Palette
{
    private readonly Rgb[] _colours;

    /// <summary>Makes a palette of the caller's colours.</summary>
    /// <param name="colours">The colour of label 0, 1, 2 and so on; at least one.</param>
    /// <exception cref="ArgumentException"><paramref name="colours"/> is empty.</exception>
    public Palette(ReadOnlySpan<Rgb> colours)
    {
        if (colours.IsEmpty)
        {
            throw new ArgumentException("A palette needs at least one colour.", nameof(colours));
        }

        _colours = colours.ToArray();
    }

    /// <summary>255 different colours, made for label masks.</summary>
    public static Palette Standard { get; } = new(Decode(StandardColours));

    /// <summary>Number of colours before the palette begins again.</summary>
    public int Count => _colours.Length;

    /// <summary>The colour of a label.</summary>
    /// <param name="label">Any label; from <see cref="Count"/> on the colours repeat.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="label"/> is negative.</exception>
    public Rgb this[int label]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(label);
            return _colours[label % _colours.Length];
        }
    }

    private static Rgb[] Decode(ReadOnlySpan<uint> hex)
    {
        var colours = new Rgb[hex.Length];
        for (int i = 0; i < colours.Length; i++)
        {
            colours[i] = Rgb.FromHex(hex[i]);
        }

        return colours;
    }
}
