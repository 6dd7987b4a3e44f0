using DiffSeg.Cli.Viewing.Answers;
using DiffSeg.Cli.Viewing.Encoded;
using Microsoft.AspNetCore.Http;

namespace DiffSeg.Cli.Viewing;

/// <summary>What a click asks: where the attention of a spot goes, and which segment grows from it.</summary>
internal static class PointQuestion
{
    /// <summary>Answers it.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="x">Column of the spot, in pixels of the picture.</param>
    /// <param name="y">Row of the spot.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ViewProblem">The spot is beside the part that the model has seen.</exception>
    public static PointAnswer Answer(EncodedPicture picture, int x, int y, CancellationToken cancellationToken)
    {
        Part part = picture.Part;
        (x, y) = (x - part.Left, y - part.Top);
        if (x < 0 || x >= part.Width || y < 0 || y >= part.Height)
        {
            throw new ViewProblem(StatusCodes.Status400BadRequest, "The model has not seen this spot; choose one that segments cover.");
        }

        AttentionMap attention = picture.Session.AttentionAt(x, y);
        PointSegment segment = picture.Session.SegmentAt(x, y, cancellationToken: cancellationToken);
        (int height, int width) = (picture.Screen.OutputHeight, picture.Screen.OutputWidth);
        int[] runs = LabelRuns.Of(Sampled(segment, height, width));
        return new PointAnswer(HeatAnswer.Of(attention), new PointMask(height, width, runs, segment.Share), part);
    }

    // The mask has the picture's size, which the page has no use for: each of its pixels takes the one that it lies on.
    private static ushort[] Sampled(PointSegment segment, int height, int width)
    {
        var sampled = new ushort[height * width];
        for (int i = 0; i < sampled.Length; i++)
        {
            long y = (2L * (i / width) + 1) * segment.Height / (2 * height), x = (2L * (i % width) + 1) * segment.Width / (2 * width);
            sampled[i] = segment.Labels[(int)((y * segment.Width) + x)];
        }

        return sampled;
    }
}
