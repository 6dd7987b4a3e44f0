using DiffSeg.MLNet;

namespace DiffSeg.Cli.Evaluating.Pictures;

/// <summary>Which part of a picture the model sees, and where on its input.</summary>
/// <remarks>
/// Cropped, the centre square fills the input. Padded, the whole picture is scaled until it fits, in the middle between
/// black bars; the bars' tokens are left out of the attention.
/// </remarks>
internal sealed record PicturePlacement
{
    private readonly int _inputHeight;
    private readonly int _inputWidth;

    private PicturePlacement(
        (int Top, int Left, int Height, int Width) part, (int Top, int Left, int Height, int Width) place, int inputHeight, int inputWidth)
    {
        (Part, Place) = (part, place);
        (_inputHeight, _inputWidth) = (inputHeight, inputWidth);
    }

    /// <summary>The part of the picture that is shown and compared, in its pixels.</summary>
    public (int Top, int Left, int Height, int Width) Part { get; }

    /// <summary>Where it is shown, in pixels of the model's input.</summary>
    public (int Top, int Left, int Height, int Width) Place { get; }

    /// <summary>Places a picture.</summary>
    /// <param name="part">The part of it that is compared.</param>
    /// <param name="fit">How it is fitted.</param>
    /// <param name="inputHeight">Rows of the model's input.</param>
    /// <param name="inputWidth">Columns of the model's input.</param>
    public static PicturePlacement Of((int Top, int Left, int Height, int Width) part, ImageFit fit, int inputHeight, int inputWidth)
    {
        (int height, int width) = (inputHeight, inputWidth);
        if (fit == ImageFit.Pad)
        {
            double scale = Math.Min(inputHeight / (double)part.Height, inputWidth / (double)part.Width);
            height = Math.Clamp((int)Math.Round(part.Height * scale), 1, inputHeight);
            width = Math.Clamp((int)Math.Round(part.Width * scale), 1, inputWidth);
        }

        return new PicturePlacement(part, ((inputHeight - height) / 2, (inputWidth - width) / 2, height, width), inputHeight, inputWidth);
    }

    /// <summary>The tokens that show the picture: those whose centre does.</summary>
    /// <param name="rows">Rows of the attention map.</param>
    /// <param name="columns">Columns of the attention map.</param>
    public TokenWindow Window(int rows, int columns)
    {
        (int top, int height) = Shown(Place.Top, Place.Height, _inputHeight, rows);
        (int left, int width) = Shown(Place.Left, Place.Width, _inputWidth, columns);
        return new TokenWindow(top, left, height, width);
    }

    /// <summary>Where the mask's pixels lie on these tokens.</summary>
    /// <param name="rows">Rows of the attention map over the whole input.</param>
    /// <param name="columns">Columns of it.</param>
    /// <param name="height">Rows of the mask.</param>
    /// <param name="width">Columns of the mask.</param>
    public MaskGrid Grid(int rows, int columns, int height, int width)
    {
        TokenWindow window = Window(rows, columns);
        double perRow = rows / (double)_inputHeight, perColumn = columns / (double)_inputWidth;
        return new MaskGrid(
            height,
            width,
            (Place.Top * perRow) - window.Top,
            (Place.Left * perColumn) - window.Left,
            Place.Height * perRow,
            Place.Width * perColumn);
    }

    // A picture thinner than a token still has the token that it lies on.
    private static (int First, int Count) Shown(int start, int length, int input, int tokens)
    {
        double cell = input / (double)tokens;
        int first = Math.Max(0, (int)Math.Ceiling((start / cell) - 0.5));
        int end = Math.Min(tokens, (int)Math.Ceiling(((start + length) / cell) - 0.5));
        return first < end ? (first, end - first) : (Math.Clamp((int)((start + (length / 2.0)) / cell), 0, tokens - 1), 1);
    }
}
