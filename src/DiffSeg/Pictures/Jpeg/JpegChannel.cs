using System.Numerics;

namespace DiffSeg.Pictures.Jpeg;

/// <summary>Writes the blocks of one channel: cosine transform, quantisation, code words.</summary>
internal sealed class JpegChannel(JpegBits bits, byte[] quantisation, JpegCode dc, JpegCode ac)
{
    private const int Side = 8;
    private const int ScaleBits = 13;

    // After the rows' pass, five bits behind the point are kept, so that the columns' pass fits 32 bits.
    private const int FirstShift = 8;
    private const int KeptBits = (2 * ScaleBits) - FirstShift;

    // cos((2x + 1) u pi / 16) / 2, for u = 0 divided by the root of 2; at [u, x], times 2^13.
    private static readonly int[] Cosines =
    [
        .. Enumerable.Range(0, Side * Side).Select(i => (int)Math.Round(
            (1 << ScaleBits) * 0.5 * (i < Side ? Math.Sqrt(0.5) : 1) * Math.Cos(((2 * (i % Side)) + 1) * (i / Side) * Math.PI / 16))),
    ];

    private readonly int[] _rows = new int[Side * Side];
    private int _lastMean;

    /// <summary>Writes a block of 8 x 8 values, -128 to 127.</summary>
    public void Write(ReadOnlySpan<int> block)
    {
        for (int i = 0; i < _rows.Length; i++)
        {
            int sum = 0;
            for (int x = 0; x < Side; x++)
            {
                sum += block[(i / Side * Side) + x] * Cosines[(i % Side * Side) + x];
            }

            _rows[i] = (sum + (1 << (FirstShift - 1))) >> FirstShift;
        }

        int zeros = 0;
        for (int place = 0; place < Side * Side; place++)
        {
            int value = Coefficient(JpegTables.ZigZag[place], quantisation[place]);
            if (place == 0)
            {
                WriteValue(dc, 0, value - _lastMean);
                _lastMean = value;
            }
            else if (value == 0)
            {
                zeros++;
            }
            else
            {
                for (; zeros > 15; zeros -= 16)
                {
                    bits.Write(ac[0xF0]);
                }

                WriteValue(ac, zeros, value);
                zeros = 0;
            }
        }

        if (zeros > 0)
        {
            bits.Write(ac[0]);
        }
    }

    // The column's pass at one place, quantised: rounded to the nearest step, away from 0 in the middle.
    private int Coefficient(int place, int step)
    {
        (int v, int u) = (place / Side, place % Side);
        int sum = 0;
        for (int y = 0; y < Side; y++)
        {
            sum += _rows[(y * Side) + u] * Cosines[(v * Side) + y];
        }

        long scaled = (long)step << KeptBits;
        return (int)((Math.Abs((long)sum) + (scaled / 2)) / scaled) * Math.Sign(sum);
    }

    // The code word tells how many zeros come before and how many bits the value has; a negative one is written less 1.
    private void WriteValue(JpegCode code, int zeros, int value)
    {
        int size = 32 - BitOperations.LeadingZeroCount((uint)Math.Abs(value));
        bits.Write(code[(zeros << 4) | size]);
        bits.Write((value < 0 ? value - 1 : value) & ((1 << size) - 1), size);
    }
}
