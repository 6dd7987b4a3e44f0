namespace DiffSeg.Pictures.Drawing;

/// <summary>A segment's most inner pixel: the one farthest from every other segment and from the picture's edge.</summary>
/// <param name="Y">Row.</param>
/// <param name="X">Column.</param>
/// <param name="Radius">About how many pixels fit between it and the nearest border; at least 1.</param>
internal readonly record struct InnerPoint(int Y, int X, int Radius)
{
    // Steps to a neighbour and to a diagonal one, 3 : 4, come within a few per cent of Euclid's distance (Borgefors 1986).
    private const int Straight = 3;
    private const int Diagonal = 4;

    /// <summary>The inner points of all segments. A centroid would not do: that of a bow lies outside it.</summary>
    /// <param name="labels">Height x width labels, row-major.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <returns>One per label that occurs; of equally inner pixels, the one nearest to the centroid.</returns>
    public static Dictionary<ushort, InnerPoint> Of(ReadOnlySpan<ushort> labels, int height, int width)
    {
        int[] distances = Distances(labels, height, width);
        var segments = SegmentTable.Measure(labels, height, width).ToDictionary(segment => segment.Label);
        var deepest = new Dictionary<ushort, (int Pixel, double Off)>();
        for (int i = 0; i < distances.Length; i++)
        {
            bool known = deepest.TryGetValue(labels[i], out (int Pixel, double Off) best);
            if (known && distances[i] < distances[best.Pixel])
            {
                continue;
            }

            Segment segment = segments[labels[i]];
            (double y, double x) = ((i / width) - segment.CentroidY, (i % width) - segment.CentroidX);
            double off = (y * y) + (x * x);
            if (!known || distances[i] > distances[best.Pixel] || off < best.Off)
            {
                deepest[labels[i]] = (i, off);
            }
        }

        return deepest.ToDictionary(pair => pair.Key, pair => Of(pair.Value.Pixel, distances[pair.Value.Pixel], width));
    }

    private static InnerPoint Of(int pixel, int distance, int width) => new(pixel / width, pixel % width, (distance + 1) / Straight);

    // Two passes, from above and from below; beyond the picture's edge everything is another segment.
    private static int[] Distances(ReadOnlySpan<ushort> labels, int height, int width)
    {
        int[] distances = new int[labels.Length];
        for (int i = 0; i < distances.Length; i++)
        {
            distances[i] = Nearest(labels, distances, height, width, i, -1, int.MaxValue);
        }

        for (int i = distances.Length - 1; i >= 0; i--)
        {
            distances[i] = Nearest(labels, distances, height, width, i, 1, distances[i]);
        }

        return distances;
    }

    private static int Nearest(
        ReadOnlySpan<ushort> labels, int[] distances, int height, int width, int pixel, int side, int known)
    {
        (int y, int x) = (pixel / width, pixel % width);
        int nearest = Math.Min(known, Through(y, x + side, Straight, labels, distances));
        nearest = Math.Min(nearest, Through(y + side, x, Straight, labels, distances));
        nearest = Math.Min(nearest, Through(y + side, x - 1, Diagonal, labels, distances));
        return Math.Min(nearest, Through(y + side, x + 1, Diagonal, labels, distances));

        int Through(int nearY, int nearX, int step, ReadOnlySpan<ushort> all, int[] found)
        {
            if ((uint)nearY >= (uint)height || (uint)nearX >= (uint)width)
            {
                return step;
            }

            int near = (nearY * width) + nearX;
            return all[near] == all[pixel] ? found[near] + step : step;
        }
    }
}
