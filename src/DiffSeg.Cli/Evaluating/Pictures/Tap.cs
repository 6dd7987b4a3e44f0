namespace DiffSeg.Cli.Evaluating.Pictures;

/// <summary>The two pixels that a value lies between when a picture is resized bilinearly, and how near it is to the second.</summary>
/// <param name="First">One pixel.</param>
/// <param name="Second">The next one, or the same at the edge.</param>
/// <param name="Share">Weight of the second, from 0 to 1.</param>
internal readonly record struct Tap(int First, int Second, float Share)
{
    /// <summary>Those of a row or column: half-pixel centres, edges repeated, no antialiasing.</summary>
    /// <param name="start">First pixel of the part that is resized.</param>
    /// <param name="source">Pixels of the part.</param>
    /// <param name="target">Pixels to make of it.</param>
    public static Tap[] Row(int start, int source, int target)
    {
        var taps = new Tap[target];
        for (int i = 0; i < target; i++)
        {
            double at = Math.Clamp(((i + 0.5) * source / target) - 0.5, 0, source - 1);
            int first = (int)at;
            taps[i] = new Tap(start + first, start + Math.Min(first + 1, source - 1), (float)(at - first));
        }

        return taps;
    }
}
