using System.Numerics.Tensors;
using DiffSeg.Points;

namespace DiffSeg;

public sealed partial class SegmentationSession
{
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
}
