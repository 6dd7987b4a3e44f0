using System.Buffers;

namespace DiffSeg.Pictures;

/// <summary>One segment as run lengths in COCO's form, the input of COCO's mask tools.</summary>
/// <remarks>
/// Pixels are numbered column by column (top to bottom, then left to right). The counts alternate between pixels outside
/// and inside the segment and begin with those outside, which may be 0; together they are height x width.
/// </remarks>
public sealed partial class CocoRle
{
    // Columns turned into rows at a time: one cache line of labels.
    private const int Strip = 32;

    private readonly int[] _counts;

    /// <summary>Takes run lengths as they stand in a COCO file.</summary>
    /// <param name="height">Height of the picture in pixels, more than 0.</param>
    /// <param name="width">Width of the picture in pixels, more than 0.</param>
    /// <param name="counts">Run lengths, outside first; not negative, together height x width.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is not positive, or there are more pixels than an array can hold.</exception>
    /// <exception cref="ArgumentException">A count is negative, or together they are not height x width.</exception>
    public CocoRle(int height, int width, ReadOnlySpan<int> counts)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        long total = 0;
        foreach (int count in counts)
        {
            if (count < 0)
            {
                throw new ArgumentException($"A run length cannot be negative, but {count} is among the counts.", nameof(counts));
            }

            total += count;
        }

        if ((long)height * width > Array.MaxLength)
        {
            throw new ArgumentOutOfRangeException(
                nameof(width), width, $"A picture of {height} x {width} has more pixels than can be counted here ({Array.MaxLength}).");
        }

        if (total != (long)height * width)
        {
            throw new ArgumentException(
                $"The run lengths make {total} pixels, but {height} x {width} has {(long)height * width}.", nameof(counts));
        }

        Height = height;
        Width = width;
        _counts = counts.ToArray();
    }

    /// <summary>Height of the picture in pixels.</summary>
    public int Height { get; }

    /// <summary>Width of the picture in pixels.</summary>
    public int Width { get; }

    /// <summary>Run lengths, outside first.</summary>
    public ReadOnlySpan<int> Counts => _counts;

    /// <summary>Pixels of the segment.</summary>
    public int Area
    {
        get
        {
            int area = 0;
            for (int i = 1; i < _counts.Length; i += 2)
            {
                area += _counts[i];
            }

            return area;
        }
    }

    /// <summary>The smallest box around the segment; all zeros for one without pixels.</summary>
    public CocoBox Box
    {
        get
        {
            int left = int.MaxValue, top = int.MaxValue, right = -1, bottom = -1, start = 0;
            for (int i = 0; i < _counts.Length; start += _counts[i], i++)
            {
                if ((i & 1) == 0 || _counts[i] == 0)
                {
                    continue;
                }

                int last = start + _counts[i] - 1;
                bool oneColumn = start / Height == last / Height;
                left = Math.Min(left, start / Height);
                right = Math.Max(right, last / Height);
                // A run over the end of a column holds the bottom pixel of one and the top pixel of the next.
                top = Math.Min(top, oneColumn ? start % Height : 0);
                bottom = Math.Max(bottom, oneColumn ? last % Height : Height - 1);
            }

            return right < 0 ? default : new CocoBox(left, top, right - left + 1, bottom - top + 1);
        }
    }

    /// <summary>Encodes every segment of a mask in one walk over its pixels.</summary>
    /// <param name="labels">Height x width labels, row-major.</param>
    /// <param name="height">Height in pixels, more than 0.</param>
    /// <param name="width">Width in pixels, more than 0.</param>
    /// <returns>A run length code for each label that occurs.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A side is not positive.</exception>
    /// <exception cref="ArgumentException">The number of labels is not height x width.</exception>
    public static SortedDictionary<ushort, CocoRle> Encode(ReadOnlySpan<ushort> labels, int height, int width)
    {
        MaskSize.Check(labels.Length, height, width, nameof(labels));
        var runs = new Dictionary<ushort, SegmentRuns>();
        ushort[] strip = ArrayPool<ushort>.Shared.Rent(height * Math.Min(Strip, width));
        try
        {
            for (int left = 0; left < width; left += Strip)
            {
                int columns = Math.Min(Strip, width - left);
                Transpose(labels, height, width, left, columns, strip);
                AddRuns(runs, strip.AsSpan(0, height * columns), left * height);
            }
        }
        finally
        {
            ArrayPool<ushort>.Shared.Return(strip);
        }

        var codes = new SortedDictionary<ushort, CocoRle>();
        foreach ((ushort label, SegmentRuns segment) in runs)
        {
            codes[label] = new CocoRle(height, width, segment.Finish(labels.Length));
        }

        return codes;
    }

    /// <summary>The segment as a mask.</summary>
    /// <returns>
    /// Height x width, row-major: 1 inside, 0 outside. As many bytes as the picture has pixels, however few the counts: of
    /// files that others wrote, look at the size first.
    /// </returns>
    public byte[] Decode()
    {
        var mask = new byte[Height * Width];
        int pixel = 0;
        for (int i = 0; i < _counts.Length; i++)
        {
            for (int end = pixel + _counts[i]; pixel < end; pixel++)
            {
                mask[(pixel % Height * Width) + (pixel / Height)] = (byte)(i & 1);
            }
        }

        return mask;
    }

    private static void Transpose(
        ReadOnlySpan<ushort> labels, int height, int width, int left, int columns, Span<ushort> strip)
    {
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<ushort> row = labels.Slice((y * width) + left, columns);
            for (int x = 0; x < row.Length; x++)
            {
                strip[(x * height) + y] = row[x];
            }
        }
    }

    private static void AddRuns(Dictionary<ushort, SegmentRuns> runs, ReadOnlySpan<ushort> pixels, int first)
    {
        for (int start = 0; start < pixels.Length;)
        {
            ReadOnlySpan<ushort> rest = pixels[start..];
            int length = rest.IndexOfAnyExcept(rest[0]);
            if (length < 0)
            {
                length = rest.Length;
            }

            if (!runs.TryGetValue(rest[0], out SegmentRuns? segment))
            {
                runs[rest[0]] = segment = new SegmentRuns();
            }

            segment.Add(first + start, length);
            start += length;
        }
    }

    private sealed class SegmentRuns
    {
        private readonly List<int> _counts = [];
        private int _end;

        public void Add(int start, int length)
        {
            // A run that touches the last one (the strips cut runs) makes that one longer.
            if (_counts.Count > 0 && start == _end)
            {
                _counts[^1] += length;
            }
            else
            {
                _counts.Add(start - _end);
                _counts.Add(length);
            }

            _end = start + length;
        }

        public int[] Finish(int pixels)
        {
            if (_end < pixels)
            {
                _counts.Add(pixels - _end);
            }

            return [.. _counts];
        }
    }
}
