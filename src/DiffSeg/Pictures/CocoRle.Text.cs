using System.Text;

namespace DiffSeg.Pictures;

public sealed partial class CocoRle
{
    // Five bits of a number per character, lowest first, and a sixth that says "more follows"; from '0' on, all of it
    // printable. From the fourth count on the difference to the count before the last is written.
    private const int Bits = 5;
    private const int More = 1 << Bits;
    private const int Sign = More >> 1;
    private const char First = '0';

    /// <summary>The counts as the string of a compressed RLE (the field "counts" in COCO files).</summary>
    /// <returns>Printable ASCII.</returns>
    public string ToCompressedString()
    {
        var text = new StringBuilder(_counts.Length * 2);
        for (int i = 0; i < _counts.Length; i++)
        {
            int rest = i > 2 ? _counts[i] - _counts[i - 2] : _counts[i];
            bool more;
            do
            {
                int digit = rest & (More - 1);
                rest >>= Bits;
                more = rest != ((digit & Sign) != 0 ? -1 : 0);
                text.Append((char)(First + (more ? digit | More : digit)));
            }
            while (more);
        }

        return text.ToString();
    }

    /// <summary>Reads a compressed RLE.</summary>
    /// <param name="counts">The field "counts" of a COCO file.</param>
    /// <param name="height">Height of the picture in pixels (first number of the field "size").</param>
    /// <param name="width">Width of the picture in pixels (second number of the field "size").</param>
    /// <returns>The segment.</returns>
    /// <exception cref="FormatException">A character does not belong into the code, or the code ends within a number.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A side is not positive, or there are more pixels than an array can hold.</exception>
    /// <exception cref="ArgumentException">The counts do not fit height and width.</exception>
    public static CocoRle Parse(ReadOnlySpan<char> counts, int height, int width)
    {
        var runs = new List<int>();
        for (int i = 0; i < counts.Length;)
        {
            int number = 0, shift = 0, digit;
            do
            {
                if (i == counts.Length)
                {
                    throw new FormatException("The run length code ends in the middle of a number.");
                }

                digit = counts[i] - First;
                if (digit is < 0 or >= 2 * More || shift > 30)
                {
                    throw new FormatException($"'{counts[i]}' at position {i} does not belong into a run length code.");
                }

                number |= (digit & (More - 1)) << shift;
                shift += Bits;
                i++;
            }
            while ((digit & More) != 0);

            // A set sign bit fills the bits above; shifting an int by 32 or more would wrap around.
            if ((digit & Sign) != 0 && shift < 32)
            {
                number |= -1 << shift;
            }

            runs.Add(runs.Count > 2 ? number + runs[^2] : number);
        }

        return new CocoRle(height, width, runs.ToArray());
    }
}
