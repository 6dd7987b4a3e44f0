using DiffSeg.Cli.Viewing.Encoded;

namespace DiffSeg.Cli.Viewing.Answers;

/// <summary>What belongs to spots of a picture.</summary>
/// <param name="Attention">Where the first spot's attention goes.</param>
/// <param name="Segment">The segment that grows from the spots: label 1 in a mask of 0 and 1.</param>
/// <param name="Part">The part of the picture that both cover.</param>
internal sealed record PointAnswer(HeatAnswer Attention, PointMask Segment, Part Part);

/// <summary>An attention map.</summary>
/// <param name="Height">Rows of tokens.</param>
/// <param name="Width">Columns of tokens.</param>
/// <param name="Values">A byte per token, row-major, in base64: 255 is the strongest.</param>
/// <param name="Top">First row of the picture's part on the map, in tokens.</param>
/// <param name="Left">First column of it.</param>
/// <param name="SpanHeight">Tokens that the part's height covers.</param>
/// <param name="SpanWidth">Tokens that its width covers.</param>
internal sealed record HeatAnswer(int Height, int Width, string Values, double Top, double Left, double SpanHeight, double SpanWidth)
{
    // As many tokens in a thousand are the strongest together: often a single one, the spot's own, has most of all.
    private const int Strongest = 5;

    /// <summary>A map, scaled to its strongest tokens.</summary>
    /// <param name="map">The map.</param>
    public static HeatAnswer Of(AttentionMap map)
    {
        float[] sorted = map.Values.ToArray();
        Array.Sort(sorted);
        float strongest = sorted[^(1 + (sorted.Length * Strongest / 1000))];
        strongest = strongest > 0 ? strongest : sorted[^1];
        var bytes = new byte[map.Values.Length];
        for (int i = 0; i < bytes.Length && strongest > 0; i++)
        {
            bytes[i] = (byte)MathF.Round(byte.MaxValue * MathF.Min(1, map.Values[i] / strongest));
        }

        MaskGrid grid = map.Grid;
        return new HeatAnswer(map.Height, map.Width, Convert.ToBase64String(bytes), grid.Top, grid.Left, grid.SpanHeight, grid.SpanWidth);
    }
}

/// <summary>A mask of one segment.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Runs">1 in the segment, 0 elsewhere: see <see cref="LabelRuns"/>.</param>
/// <param name="Share">The segment's share of the pixels.</param>
internal sealed record PointMask(int Height, int Width, int[] Runs, double Share);
