using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DiffSeg;

/// <summary>The hot loop of k-means on colour and position: the nearest centre of each pixel of a row.</summary>
/// <remarks>
/// Squared Euclidean distance over lightness, two colour axes and two of position; every operation rounded by itself, so that
/// vector width makes no difference.
/// </remarks>
internal static class NearestColour
{
    /// <summary>Values of a centre: lightness, a, b, x, y.</summary>
    public const int Features = 5;

    /// <summary>Gives each pixel of a row to its nearest centre, the first of equally near ones.</summary>
    /// <param name="lightness">One value per pixel.</param>
    /// <param name="a">The first colour axis.</param>
    /// <param name="b">The second colour axis.</param>
    /// <param name="x">The position along the row.</param>
    /// <param name="y">The position of the row.</param>
    /// <param name="centres">The centres, one after the other.</param>
    /// <param name="nearest">Takes the centre of each pixel.</param>
    public static void Of(
        ReadOnlySpan<float> lightness,
        ReadOnlySpan<float> a,
        ReadOnlySpan<float> b,
        ReadOnlySpan<float> x,
        float y,
        ReadOnlySpan<float> centres,
        Span<int> nearest)
    {
        int done = Lanes.Vectorised ? nearest.Length - (nearest.Length % Lanes.Count) : 0;
        Vector(lightness, a, b, x, y, centres, nearest[..done]);
        Scalar(lightness[done..], a[done..], b[done..], x[done..], y, centres, nearest[done..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Vector(
        ReadOnlySpan<float> lightness,
        ReadOnlySpan<float> a,
        ReadOnlySpan<float> b,
        ReadOnlySpan<float> x,
        float y,
        ReadOnlySpan<float> centres,
        Span<int> nearest)
    {
        for (int i = 0; i < nearest.Length; i += Lanes.Count)
        {
            Vector512<float> pixelLightness = Load(lightness, i);
            Vector512<float> pixelA = Load(a, i);
            Vector512<float> pixelB = Load(b, i);
            Vector512<float> pixelX = Load(x, i);
            Vector512<float> least = Vector512.Create(float.PositiveInfinity);
            Vector512<int> winner = Vector512<int>.Zero;
            for (int k = 0; k < centres.Length; k += Features)
            {
                float rows = (y - centres[k + 4]) * (y - centres[k + 4]);
                Vector512<float> distance = Square(pixelLightness - Vector512.Create(centres[k]))
                    + Square(pixelA - Vector512.Create(centres[k + 1]))
                    + Square(pixelB - Vector512.Create(centres[k + 2]))
                    + Square(pixelX - Vector512.Create(centres[k + 3]))
                    + Vector512.Create(rows);
                Vector512<float> less = Vector512.LessThan(distance, least);
                least = Vector512.ConditionalSelect(less, distance, least);
                winner = Vector512.ConditionalSelect(less.AsInt32(), Vector512.Create(k / Features), winner);
            }

            winner.StoreUnsafe(ref MemoryMarshal.GetReference(nearest), (nuint)i);
        }
    }

    internal static void Scalar(
        ReadOnlySpan<float> lightness,
        ReadOnlySpan<float> a,
        ReadOnlySpan<float> b,
        ReadOnlySpan<float> x,
        float y,
        ReadOnlySpan<float> centres,
        Span<int> nearest)
    {
        for (int i = 0; i < nearest.Length; i++)
        {
            float least = float.PositiveInfinity;
            nearest[i] = 0;
            for (int k = 0; k < centres.Length; k += Features)
            {
                float rows = (y - centres[k + 4]) * (y - centres[k + 4]);
                float distance = Square(lightness[i] - centres[k])
                    + Square(a[i] - centres[k + 1])
                    + Square(b[i] - centres[k + 2])
                    + Square(x[i] - centres[k + 3])
                    + rows;
                if (distance < least)
                {
                    least = distance;
                    nearest[i] = k / Features;
                }
            }
        }
    }

    private static Vector512<float> Load(ReadOnlySpan<float> values, int index) =>
        Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(values), (nuint)index);

    private static Vector512<float> Square(Vector512<float> value) => value * value;

    private static float Square(float value) => value * value;
}
