namespace DiffSeg.Cli.Viewing.Encoded;

/// <summary>A picture that the model has seen.</summary>
/// <param name="session">Answers for it; the picture's from now on.</param>
/// <param name="height">Rows of the picture.</param>
/// <param name="width">Columns of the picture.</param>
internal sealed class EncodedPicture(SegmentationSession session, int height, int width) : IDisposable
{
    // As many as a large window shows: more pixels only cost time. Small pictures are shown larger than they are, and
    // their outlines would have steps.
    private const double LongestSide = 1024, MostGrowth = 4;

    private readonly CancellationTokenSource _stop = new();
    private int _prepared;

    /// <summary>Answers for it.</summary>
    public SegmentationSession Session => session;

    /// <summary>Rows of the picture.</summary>
    public int Height => height;

    /// <summary>Columns of the picture.</summary>
    public int Width => width;

    /// <summary>How long the model took, with reading the picture.</summary>
    public TimeSpan Time { get; set; }

    /// <summary>The part of the picture that masks cover: all of it, or the square in the middle.</summary>
    public Part Part => new(
        (height - session.Grid.OutputHeight) / 2, (width - session.Grid.OutputWidth) / 2, session.Grid.OutputHeight, session.Grid.OutputWidth);

    /// <summary>A mask of that part, of about the size of a screen.</summary>
    public MaskGrid Screen
    {
        get
        {
            MaskGrid grid = session.Grid;
            double scale = Math.Min(MostGrowth, LongestSide / Math.Max(grid.OutputHeight, grid.OutputWidth));
            return grid with { OutputHeight = Side(grid.OutputHeight * scale), OutputWidth = Side(grid.OutputWidth * scale) };
        }
    }

    /// <summary>Makes ready for the slider in the background, once: the first step is then as quick as those after it.</summary>
    /// <param name="options">How the attention becomes a mask.</param>
    public void Prepare(DiffSegOptions options)
    {
        if (Interlocked.Exchange(ref _prepared, 1) == 0)
        {
            // What goes wrong here goes wrong again when it is asked for, and is told then.
            CancellationToken stop = _stop.Token;
            _ = Task.Run(() => session.Prepare(options, stop), stop);
        }
    }

    /// <summary>Gives the attention's memory back.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        session.Dispose();
        _stop.Dispose();
    }

    private static int Side(double length) => Math.Max(1, (int)Math.Round(length));
}

/// <summary>A rectangle of a picture, in its pixels.</summary>
/// <param name="Top">First row.</param>
/// <param name="Left">First column.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
internal readonly record struct Part(int Top, int Left, int Height, int Width);
