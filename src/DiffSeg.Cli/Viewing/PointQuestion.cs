using DiffSeg.Cli.Viewing.Answers;
using DiffSeg.Cli.Viewing.Encoded;
using Microsoft.AspNetCore.Http;

namespace DiffSeg.Cli.Viewing;

/// <summary>What clicks ask: where the attention of the first spot goes, and which segment grows from all of them.</summary>
internal static class PointQuestion
{
    /// <summary>Answers it.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="points">The spots, in pixels of the picture, the first of the foreground.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ViewProblem">A spot is beside the part that the model has seen.</exception>
    public static PointAnswer Answer(EncodedPicture picture, IReadOnlyList<PointPrompt> points, CancellationToken cancellationToken)
    {
        Part part = picture.Part;
        PointPrompt[] seen = [.. points.Select(point => point with { X = point.X - part.Left, Y = point.Y - part.Top })];
        if (seen.Any(point => point.X < 0 || point.X >= part.Width || point.Y < 0 || point.Y >= part.Height))
        {
            throw new ViewProblem(StatusCodes.Status400BadRequest, "The model has not seen this spot; choose one that segments cover.");
        }

        AttentionMap attention = picture.Session.AttentionAt(seen[0].X, seen[0].Y);
        PointSegment segment = picture.Session.SegmentAt(seen, cancellationToken: cancellationToken);
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
