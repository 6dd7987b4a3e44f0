using System.Text;
using System.Text.Json;
using DiffSeg.Pictures;

namespace DiffSeg.Batches.Masks;

/// <summary>Reads what <see cref="CocoLines"/> wrote, every run of it.</summary>
internal sealed class CocoLinesReader(Stream stream) : IMaskSource
{
    private readonly StreamReader _lines = new(stream, Encoding.UTF8);
    private int _line;

    public MaskFacts? Next()
    {
        if (_lines.ReadLine() is not { } text)
        {
            return null;
        }

        _line++;
        try
        {
            CocoLine line = JsonSerializer.Deserialize(text, BatchJson.Compact.CocoLine) ?? throw new InvalidDataException($"its line {_line} is empty");
            return Check(line)
                ? new MaskFacts(line.Index, line.Image, line.Height, line.Width, line.Segments.Count)
                : throw new InvalidDataException($"its line {_line} has segments that are not those of one mask");
        }
        catch (Exception problem) when (problem is JsonException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"its line {_line} is no mask of a batch: {problem.Message}", problem);
        }
    }

    public void Dispose() => _lines.Dispose();

    // In order, each as its runs are, and together every pixel.
    private static bool Check(CocoLine line)
    {
        int before = -1;
        long pixels = 0;
        foreach (CocoLineSegment segment in line.Segments)
        {
            if (segment is null)
            {
                return false;
            }

            CocoRle runs = CocoRle.Parse(segment.Segmentation.Counts, line.Height, line.Width);
            CocoBox box = runs.Box;
            if (segment.SegmentId <= before
                || segment.Area != runs.Area
                || !segment.Bbox.SequenceEqual([box.X, box.Y, box.Width, box.Height])
                || !segment.Segmentation.Size.SequenceEqual([line.Height, line.Width]))
            {
                return false;
            }

            before = segment.SegmentId;
            pixels += runs.Area;
        }

        return pixels == (long)line.Height * line.Width;
    }
}
