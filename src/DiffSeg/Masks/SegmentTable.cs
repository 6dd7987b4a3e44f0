using System.Numerics.Tensors;

namespace DiffSeg;

/// <summary>Measures the segments of a mask.</summary>
public static class SegmentTable
{
    /// <summary>Area, box and centroid of every label that owns a pixel.</summary>
    /// <param name="labels">The mask, row-major, height x width.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <returns>One entry per label that occurs, in ascending order of the label.</returns>
    /// <exception cref="ArgumentException">The mask does not have height x width pixels.</exception>
    public static IReadOnlyList<Segment> Measure(ReadOnlySpan<ushort> labels, int height, int width)
    {
        if (height < 1 || width < 1 || labels.Length != (long)height * width)
        {
            throw new ArgumentException(
                $"The mask has {labels.Length} labels, but {height}x{width} pixels ask for {(long)height * width}.",
                nameof(labels));
        }

        MaskRuns runs = new();
        runs.Find(labels, height, width);
        SegmentTally[] tallies = new SegmentTally[TensorPrimitives.Max(labels) + 1];
        Count(runs, tallies);
        return Measured(tallies);
    }

    /// <summary>Adds up the runs of each value.</summary>
    /// <param name="runs">The mask.</param>
    /// <param name="tallies">One per value; start empty.</param>
    internal static void Count(MaskRuns runs, Span<SegmentTally> tallies)
    {
        ReadOnlySpan<Run> all = runs.All;
        for (int y = 0; y < runs.Height; y++)
        {
            int row = y * runs.Width;
            (int from, int end) = runs.Row(y);
            foreach (Run run in all[from..end])
            {
                tallies[run.Value].Add(y, run.Start - row, run.End - row);
            }
        }
    }

    /// <summary>The segments with a pixel, labelled by their places among the tallies.</summary>
    /// <param name="tallies">One per label.</param>
    /// <returns>The segments, in ascending order of the label.</returns>
    internal static Segment[] Measured(ReadOnlySpan<SegmentTally> tallies)
    {
        int count = 0;
        foreach (ref readonly SegmentTally tally in tallies)
        {
            count += tally.Area > 0 ? 1 : 0;
        }

        Segment[] segments = new Segment[count];
        int next = 0;
        for (int label = 0; label < tallies.Length; label++)
        {
            if (tallies[label].Area > 0)
            {
                segments[next++] = tallies[label].ToSegment((ushort)label);
            }
        }

        return segments;
    }
}
