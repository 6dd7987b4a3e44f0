using DiffSeg.Pictures;

namespace DiffSeg.Evaluation;

/// <summary>
/// The classes of a data set: their names, and which class the pixels of its label maps stand for. A pixel is told by its
/// value, as in index pictures, or by its colour.
/// </summary>
/// <remarks>
/// Classes are numbered from 0 without gaps, whatever values the pictures use. What a table says nothing about is an error
/// and never ignored by silence: a picture of another data set would otherwise count as an empty one.
/// </remarks>
public sealed partial class ClassTable
{
    private readonly LabelCoding _coding;
    private readonly Dictionary<int, ushort> _classOf;

    private ClassTable(
        string name, IReadOnlyList<string> classes, LabelCoding coding, Dictionary<int, ushort> classOf)
    {
        Name = name;
        Classes = classes;
        _coding = coding;
        _classOf = classOf;
    }

    /// <summary>What the table is called: the data set's name, or the file that it was read from.</summary>
    public string Name { get; }

    /// <summary>Names of the classes; the position is the class.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>
    /// Whether the table tells classes by colour, so that label maps are colour pictures or have a palette.
    /// </summary>
    public bool TellsByColour => _coding == LabelCoding.Colours;

    internal LabelCoding Coding => _coding;

    /// <summary>The class of a pixel of an index picture.</summary>
    /// <param name="value">The pixel's value, 0..65535; for a figure/ground table its brightness, 0..255.</param>
    /// <returns>The class, or <see cref="LabelMap.Ignored"/>.</returns>
    /// <exception cref="InvalidOperationException">The table tells classes by colour.</exception>
    /// <exception cref="KeyNotFoundException">The table does not cover the value.</exception>
    public ushort ClassOf(int value)
    {
        if (TellsByColour)
        {
            throw new InvalidOperationException($"The class table '{Name}' tells classes by colour, not by value.");
        }

        return TryFind(value, out ushort found)
            ? found
            : throw new KeyNotFoundException($"The class table '{Name}' does not cover the value {value}.");
    }

    /// <summary>The class of a pixel of a colour-coded picture.</summary>
    /// <param name="colour">The pixel's colour.</param>
    /// <returns>The class, or <see cref="LabelMap.Ignored"/>.</returns>
    /// <exception cref="InvalidOperationException">The table tells classes by value.</exception>
    /// <exception cref="KeyNotFoundException">The table does not cover the colour.</exception>
    public ushort ClassOf(Rgb colour)
    {
        if (!TellsByColour)
        {
            throw new InvalidOperationException($"The class table '{Name}' tells classes by value, not by colour.");
        }

        return TryFind(Key(colour), out ushort found)
            ? found
            : throw new KeyNotFoundException($"The class table '{Name}' does not cover the colour {colour}.");
    }

    /// <summary>A colour as the number that <see cref="TryFind"/> takes.</summary>
    internal static int Key(Rgb colour) => (colour.Red << 16) | (colour.Green << 8) | colour.Blue;

    /// <param name="key">A value or, where the table tells by colour, the colour as 0xRRGGBB.</param>
    /// <param name="found">The class, or <see cref="LabelMap.Ignored"/>.</param>
    internal bool TryFind(int key, out ushort found) => _classOf.TryGetValue(key, out found);
}
