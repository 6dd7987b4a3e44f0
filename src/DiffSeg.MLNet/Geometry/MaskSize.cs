namespace DiffSeg.MLNet;

/// <summary>
/// The size of a mask in pixels: the model's input size, the original picture's, or one of the caller's.
/// </summary>
/// <remarks>
/// Whatever its size, a mask covers the same part of the picture (<see cref="ImageFit"/>), stretched to it.
/// </remarks>
public readonly record struct MaskSize
{
    private const int PerRow = -1;

    /// <summary>A size of the caller's.</summary>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A number is below 1, or the product does not fit an array.
    /// </exception>
    public MaskSize(int height, int width)
        : this(Positive(height, nameof(height)), Positive(width, nameof(width)), checkedSize: true)
    {
    }

    private MaskSize(int height, int width, bool checkedSize)
    {
        if (checkedSize && (long)height * width > Array.MaxLength)
        {
            throw new ArgumentOutOfRangeException(nameof(width), width, $"A mask of {height}x{width} is too large.");
        }

        Height = height;
        Width = width;
    }

    /// <summary>The model's input size, for example 512 x 512. The default.</summary>
    public static MaskSize Model => default;

    /// <summary>
    /// One mask pixel for every pixel of the original picture that the mask covers. The mask column is of variable
    /// size then, and the columns of its height and width come with it.
    /// </summary>
    public static MaskSize Original { get; } = new(PerRow, PerRow, checkedSize: false);

    /// <summary>Rows; 0 for <see cref="Model"/>, -1 for <see cref="Original"/>.</summary>
    public int Height { get; }

    /// <summary>Columns; 0 for <see cref="Model"/>, -1 for <see cref="Original"/>.</summary>
    public int Width { get; }

    /// <summary>"Model", "Original", or height x width.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
        => this == Model ? nameof(Model) : this == Original ? nameof(Original) : $"{Height}x{Width}";

    private static int Positive(int value, string name)
        => value >= 1 ? value : throw new ArgumentOutOfRangeException(name, value, "A mask needs at least one pixel.");
}
