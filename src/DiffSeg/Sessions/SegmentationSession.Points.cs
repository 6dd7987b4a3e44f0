using System.Numerics.Tensors;
using DiffSeg.Points;

namespace DiffSeg;

public sealed partial class SegmentationSession
{
    private PointSegmenter? _points;

    /// <summary>Where a spot of the picture looks: how its attention spreads over the picture.</summary>
    /// <param name="x">Column of the pixel in <see cref="Grid"/>, from 0.</param>
    /// <param name="y">Row of the pixel in <see cref="Grid"/>, from 0.</param>
    /// <returns>A weight per token; they sum to what the maps of the attention sum to, mostly 1.</returns>
    /// <remarks>
    /// The maps of the four tokens around the pixel's centre, mixed bilinearly as everything else that goes from tokens to
    /// pixels: so the map glides as the spot moves, and does not jump from token to token.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The pixel lies outside the picture.</exception>
    /// <exception cref="ObjectDisposedException">The session is disposed.</exception>
    public AttentionMap AttentionAt(int x, int y)
    {
        var spot = TokenSpot.Of(Grid, Attention.Height, Attention.Width, x, y);
        float[] mixed = new float[Attention.Tokens];
        lock (_turn)
        {
            foreach ((int token, float weight) in spot.Around(Attention.Height, Attention.Width))
            {
                TensorPrimitives.MultiplyAdd(Attention.Map(token), weight, mixed, mixed);
            }
        }

        return new AttentionMap(mixed, Attention.Height, Attention.Width, Grid, Picture) { Point = (x, y) };
    }

    /// <summary>The segment under a point, from the attention alone.</summary>
    /// <param name="x">Column of the pixel in <see cref="Grid"/>, from 0.</param>
    /// <param name="y">Row of the pixel in <see cref="Grid"/>, from 0.</param>
    /// <param name="options">The settings; null for the defaults.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    /// <returns>The mask, its area and box, and the Markov map that it comes from.</returns>
    /// <remarks>
    /// After M2N2 (Karmann and Urfalioglu, CVPR 2025): attention, made doubly stochastic, is the step of a Markov chain that
    /// begins at the point's token; the segment is what it reaches before the clearest outline on its way. The first call
    /// balances the attention, which takes some ten times as long as a step; a call takes about ten steps, each a pass over
    /// the attention, and none for a token that was asked about before. The bits depend on neither threads nor machine.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The pixel lies outside the picture.</exception>
    /// <exception cref="ObjectDisposedException">The session is disposed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public PointSegment SegmentAt(
        int x, int y, PointOptions? options = null, CancellationToken cancellationToken = default)
    {
        var spot = TokenSpot.Of(Grid, Attention.Height, Attention.Width, x, y);
        return SegmentAt([new(x, y)], [spot], options, cancellationToken);
    }

    /// <summary>The segment under several points: what is near one of the foreground, and not nearer to one of the background.</summary>
    /// <param name="points">Pixels of <see cref="Grid"/>, at least one of them of the foreground.</param>
    /// <param name="options">The settings; null for the defaults.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    /// <returns>As for one point.</returns>
    /// <remarks>
    /// Every point has a chain and a limit of its own, which leaves the points of the other kind out. A pixel goes to the
    /// point that needs the smallest part of its limit to reach it.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">A point lies outside the picture.</exception>
    /// <exception cref="ArgumentException">There is no foreground point, or a pixel is named as both.</exception>
    /// <exception cref="ObjectDisposedException">The session is disposed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public PointSegment SegmentAt(
        IReadOnlyList<PointPrompt> points, PointOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(points);
        PointPrompt[] copy = [.. points];
        if (!copy.Any(point => point.Foreground))
        {
            throw new ArgumentException("Give at least one point of the foreground.", nameof(points));
        }

        foreach (PointPrompt point in copy)
        {
            if (point.Foreground && copy.Contains(point with { Foreground = false }))
            {
                throw new ArgumentException(
                    $"The pixel ({point.X}, {point.Y}) is given as foreground and as background; leave one of them out.", nameof(points));
            }
        }

        TokenSpot[] spots = [.. copy.Select((point, i) => TokenSpot.Of(
            Grid, Attention.Height, Attention.Width, point.X, point.Y, $"points[{i}].X", $"points[{i}].Y"))];
        return SegmentAt(copy, spots, options, cancellationToken);
    }

    private PointSegment SegmentAt(
        PointPrompt[] points, TokenSpot[] spots, PointOptions? options, CancellationToken cancellationToken)
    {
        lock (_turn)
        {
            // What was kept must not outlive the attention: this throws once it is disposed.
            _ = Attention.Values;
            _points ??= new PointSegmenter(Attention, Options.MaxDegreeOfParallelism);
            return _points.Segment(
                Array.AsReadOnly(points), spots, Grid, options ?? new PointOptions(), Picture, cancellationToken);
        }
    }
}
