using CsCheck;

namespace DiffSeg.Tests.Masks;

public class RegionCleanUpTests
{
    private static readonly Gen<(int Seed, int Height, int Width, double Share)> Pictures =
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[1, 40], Gen.Int[1, 40], Gen.Double[0, 0.3]);

    /// <summary>The nearest kept pixel; of several the leftmost column's, and there the upper one.</summary>
    [Fact]
    public void Small_components_go_to_the_nearest_kept_pixel_and_the_others_stay()
    {
        RegionCleanUp cleanUp = new();
        Pictures.Sample((seed, height, width, share) =>
        {
            ushort[] mask = RandomMask.Create(seed, height, width, 4, 0.15);
            (int[] before, int[] after, int[] areas) = CleanUp(cleanUp, mask, height, width, share, 1 + (seed % 3));
            bool[] kept = [.. areas.Select(area => area >= share * mask.Length)];
            for (int i = 0; i < mask.Length; i++)
            {
                (int y, int x) = (i / width, i % width);
                Assert.Equal(
                    kept[before[i]] || !kept.Contains(true)
                        ? before[i]
                        : before[Enumerable.Range(0, mask.Length).Where(j => kept[before[j]]).MinBy(j => (
                            Square(y - (j / width)) + Square(x - (j % width)), j % width, j / width))],
                    after[i]);
            }
        }, iter: 200, threads: 1);
    }

    [Fact]
    public void When_all_are_small_nothing_changes()
    {
        (int[] before, int[] after, _) = CleanUp(new RegionCleanUp(), [0, 1, 0, 1], 2, 2, 0.9, -1);
        Assert.Equal(before, after);
    }

    [Fact]
    public void Threads_make_no_difference() =>
        Pictures.Sample((seed, height, width, share) =>
        {
            ushort[] mask = RandomMask.Create(seed, 5 * height, 20 * width, 5, 0.3);
            Assert.Equal(
                CleanUp(new RegionCleanUp(), mask, 5 * height, 20 * width, share / 10, 1).After,
                CleanUp(new RegionCleanUp(), mask, 5 * height, 20 * width, share / 10, 5).After);
        }, iter: 20);

    private static (int[] Before, int[] After, int[] Areas) CleanUp(
        RegionCleanUp cleanUp, ushort[] mask, int height, int width, double share, int degree)
    {
        MaskRuns runs = new();
        runs.Find<ushort>(mask, height, width);
        ConnectedComponents components = new();
        components.Find(runs);
        int[] before = new int[mask.Length];
        runs.Paint(before);
        cleanUp.RemoveSmall(runs, components.Areas, share, degree, default);
        int[] after = new int[mask.Length];
        runs.Paint(after);
        return (before, after, components.Areas.ToArray());
    }

    private static int Square(int value) => value * value;
}
