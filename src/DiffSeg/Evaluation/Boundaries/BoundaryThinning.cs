namespace DiffSeg.Evaluation;

/// <summary>Thins lines to a width of one pixel without breaking them.</summary>
/// <remarks>
/// Z. Guo and R. W. Hall, "Parallel thinning with two-subiteration algorithms", Communications of the ACM 32(3), 1989, in
/// the form that Matlab's bwmorph(..., 'thin', Inf) states, which BSDS uses. Outside the image nothing is set.
/// </remarks>
internal static class BoundaryThinning
{
    // Neighbours of a pixel anticlockwise from the east: bit k is the paper's x(k + 1).
    private static readonly (int Y, int X)[] Directions =
        [(0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1), (1, 0), (1, 1)];

    // Whether a set pixel with these neighbours goes, in the first and in the second pass of an iteration.
    private static readonly bool[] GoesFirst = [.. Enumerable.Range(0, 256).Select(n => Goes(n, first: true))];
    private static readonly bool[] GoesSecond = [.. Enumerable.Range(0, 256).Select(n => Goes(n, first: false))];

    /// <summary>Thins in place, until nothing changes.</summary>
    /// <param name="image">Height x width, row-major.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    public static void Thin(bool[] image, int height, int width)
    {
        List<int> set = [.. Enumerable.Range(0, image.Length).Where(i => image[i])];
        List<int> going = [];
        bool changed;
        do
        {
            changed = Pass(GoesFirst) | Pass(GoesSecond);
        }
        while (changed);

        // All pixels of a pass are judged on the image before it.
        bool Pass(bool[] goes)
        {
            going.Clear();
            going.AddRange(set.Where(i => goes[Neighbours(image, i, height, width)]));
            foreach (int i in going)
            {
                image[i] = false;
            }

            set.RemoveAll(i => !image[i]);
            return going.Count > 0;
        }
    }

    private static int Neighbours(bool[] image, int pixel, int height, int width)
    {
        (int y, int x) = (pixel / width, pixel % width);
        int bits = 0;
        for (int k = 0; k < Directions.Length; k++)
        {
            (int ny, int nx) = (y + Directions[k].Y, x + Directions[k].X);
            bool isSet = (uint)ny < (uint)height && (uint)nx < (uint)width && image[(ny * width) + nx];
            bits |= isSet ? 1 << k : 0;
        }

        return bits;
    }

    private static bool Goes(int neighbours, bool first)
    {
        // X(9) is X(1) again.
        bool X(int k) => (neighbours >> ((k - 1) % 8) & 1) != 0;
        int crossings = 0;
        int pairs = 0;
        int shiftedPairs = 0;
        for (int i = 1; i <= 4; i++)
        {
            crossings += !X((2 * i) - 1) && (X(2 * i) || X((2 * i) + 1)) ? 1 : 0;
            pairs += X((2 * i) - 1) || X(2 * i) ? 1 : 0;
            shiftedPairs += X(2 * i) || X((2 * i) + 1) ? 1 : 0;
        }

        bool onThisSide = first ? (X(2) || X(3) || !X(8)) && X(1) : (X(6) || X(7) || !X(4)) && X(5);
        return crossings == 1 && Math.Min(pairs, shiftedPairs) is 2 or 3 && !onThisSide;
    }
}
