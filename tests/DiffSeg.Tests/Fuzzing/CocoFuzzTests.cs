using System.Globalization;
using System.Text;
using DiffSeg.Fuzzing;
using DiffSeg.Pictures;

namespace DiffSeg.Tests.Fuzzing;

/// <summary>Run lengths of COCO that were made to do harm.</summary>
public sealed class CocoFuzzTests
{
    // A picture that a few letters of run lengths may stand for: what Decode makes is as large as the picture, and said to be.
    private const int MostPixels = 1 << 16;

    private static readonly string[] Codes =
        [.. CocoRle.Encode([.. Enumerable.Range(0, 30 * 40).Select(i => (ushort)(i / 7 % 5))], 30, 40).Values.Select(code => $"30 40 {code.ToCompressedString()}"), "1 1 01", "3 2 6", "40000 50000 PZnXk1PZnXk1"];

    [Fact]
    public void Run_length_codes() => new Fuzz("COCO codes", random => Code(random), bytes =>
    {
        (int height, int width, string counts) = Parts(Encoding.UTF8.GetString(bytes));
        Use(CocoRle.Parse(counts, height, width));
    })
    {
        Documented = [typeof(FormatException), typeof(ArgumentException), typeof(ArgumentOutOfRangeException)],
    }.Check();

    [Fact]
    public void Run_lengths() => new Fuzz("COCO run lengths", Counts, bytes =>
    {
        int[] numbers = [.. bytes.Chunk(sizeof(int)).Where(chunk => chunk.Length == sizeof(int)).Select(chunk => BitConverter.ToInt32(chunk))];
        if (numbers.Length >= 2)
        {
            Use(new CocoRle(numbers[0], numbers[1], numbers.AsSpan(2)));
        }
    })
    {
        Documented = [typeof(ArgumentException), typeof(ArgumentOutOfRangeException)],
    }.Check();

    // Everything that can be asked of a segment, and the way there and back.
    private static void Use(CocoRle code)
    {
        Assert.InRange(code.Area, 0, code.Height * (long)code.Width);
        CocoBox box = code.Box;
        Assert.True(box.X >= 0 && box.Y >= 0 && box.X + box.Width <= code.Width && box.Y + box.Height <= code.Height);
        Assert.Equal(code.Counts, CocoRle.Parse(code.ToCompressedString(), code.Height, code.Width).Counts);
        if ((long)code.Height * code.Width <= MostPixels)
        {
            Assert.Equal(code.Area, code.Decode().Sum(inside => inside));
        }
    }

    private static byte[] Code(Random random) => random.OneIn(2)
        ? TextMutator.Mutate(random, Codes)
        : ByteMutator.Mutate(random, [.. Codes.Select(Encoding.UTF8.GetBytes)]);

    private static (int Height, int Width, string Counts) Parts(string text)
    {
        string[] parts = text.Split(' ', 3);
        return (Side(parts[0]), Side(parts.ElementAtOrDefault(1)), parts.ElementAtOrDefault(2) ?? "");
    }

    private static int Side(string? text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int side) ? side : 8;

    // Sides and counts that fit them, and then some that do not.
    private static byte[] Counts(Random random)
    {
        (int height, int width) = (1 + random.Next(300), 1 + random.Next(random.OneIn(4) ? int.MaxValue / 100 : 300));
        List<int> numbers = [height, width];
        for (long left = (long)height * width; left > 0; left -= numbers[^1])
        {
            numbers.Add(numbers.Count > 40 ? (int)Math.Min(left, int.MaxValue) : random.Next((int)Math.Min(left, int.MaxValue)) + random.Next(2));
        }

        byte[] bytes = [.. numbers.SelectMany(BitConverter.GetBytes)];
        return random.OneIn(2) ? bytes : ByteMutator.Mutate(random, bytes, bytes);
    }
}
