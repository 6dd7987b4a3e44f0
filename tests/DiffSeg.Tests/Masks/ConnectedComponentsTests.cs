using CsCheck;

namespace DiffSeg.Tests.Masks;

public class ConnectedComponentsTests
{
    [Fact]
    public void Are_those_of_a_flood_fill() =>
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[1, 30], Gen.Int[1, 30], Gen.Int[1, 4], Gen.Double[0, 1]).Sample((seed, height, width, labels, specks) =>
        {
            ushort[] mask = RandomMask.Create(seed, height, width, labels, specks);
            MaskRuns runs = new();
            runs.Find<ushort>(mask, height, width);
            ConnectedComponents components = new();
            components.Find(runs);
            int[] map = new int[mask.Length];
            runs.Paint(map);
            int[] expected = Flood(mask, height, width);
            Assert.Equal(expected, map);
            Assert.Equal(expected.Max() + 1, components.Count);
            Assert.Equal(expected.CountBy(c => c).OrderBy(c => c.Key).Select(c => c.Value), components.Areas.ToArray());
            ushort[] labelOf = components.Labels.ToArray();
            Assert.Equal(mask, map.Select(c => labelOf[c]));
        }, iter: 300);

    // Numbered by their first pixels.
    private static int[] Flood(ushort[] mask, int height, int width)
    {
        int[] numbers = new int[mask.Length];
        Array.Fill(numbers, -1);
        int next = 0;
        for (int start = 0; start < mask.Length; start++)
        {
            if (numbers[start] >= 0)
            {
                continue;
            }

            Stack<int> open = new([start]);
            numbers[start] = next;
            while (open.TryPop(out int i))
            {
                (int y, int x) = (i / width, i % width);
                foreach ((int ny, int nx) in ((int, int)[])[(y - 1, x), (y + 1, x), (y, x - 1), (y, x + 1)])
                {
                    int j = (ny * width) + nx;
                    if (ny >= 0 && nx >= 0 && ny < height && nx < width && numbers[j] < 0 && mask[j] == mask[start])
                    {
                        numbers[j] = next;
                        open.Push(j);
                    }
                }
            }

            next++;
        }

        return numbers;
    }
}
