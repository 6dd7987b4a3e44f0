using DiffSeg.Cli.Viewing.Answers;
using DiffSeg.Cli.Viewing.Encoded;
using Microsoft.AspNetCore.Http;

namespace DiffSeg.Cli.Viewing;

/// <summary>What a click asks: where the attention of a spot goes, and which segment is there.</summary>
internal static class PointQuestion
{
    /// <summary>Answers it.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="options">How the attention becomes a mask.</param>
    /// <param name="x">Column of the spot, in pixels of the picture.</param>
    /// <param name="y">Row of the spot.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ViewProblem">The spot is beside the part that the model has seen.</exception>
    public static PointAnswer Answer(EncodedPicture picture, DiffSegOptions options, int x, int y, CancellationToken cancellationToken)
    {
        Part part = picture.Part;
        (x, y) = (x - part.Left, y - part.Top);
        if (x < 0 || x >= part.Width || y < 0 || y >= part.Height)
        {
            throw new ViewProblem(StatusCodes.Status400BadRequest, "The model has not seen this spot; choose one that segments cover.");
        }

        AttentionMap attention = picture.Session.AttentionAt(x, y);
        Segmentation mask = picture.Session.Segment(options, picture.Screen, cancellationToken: cancellationToken);
        ushort here = mask.Labels[(y * mask.Height / part.Height * mask.Width) + (x * mask.Width / part.Width)];
        var labels = new ushort[mask.Labels.Length];
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = mask.Labels[i] == here ? (ushort)1 : (ushort)0;
        }

        double share = (double)labels.Count(label => label == 1) / labels.Length;
        return new PointAnswer(HeatAnswer.Of(attention), new PointMask(mask.Height, mask.Width, LabelRuns.Of(labels), share), part);
    }
}
