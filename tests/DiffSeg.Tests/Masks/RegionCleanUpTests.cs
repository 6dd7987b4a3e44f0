using CsCheck;

namespace DiffSeg.Tests.Masks;

public class RegionCleanUpTests
{
    private static readonly Gen<(int Seed, int Height, int Width, double Share)> Pictures =
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[1, 40], Gen.Int[1, 40], Gen.Double[0, 0.3]);

    [Fact]
    public void Small_components_go_to_the_nearest_kept_pixel_and_the_others_stay() =>
        Pictures.Sample((seed, height, width, share) =>
        {
            ushort[] mask = RandomMask.Create(seed, height, width, 4, 0.15);
            ConnectedComponents components = ConnectedComponents.Of(mask, height, width);
            int[] before = [.. components.Map];
            bool[] kept = [.. components.Areas.Select(area => area >= share * mask.Length)];
            RegionCleanUp.RemoveSmall(components, share, height, width, -1, default);
            for (int i = 0; i < mask.Length; i++)
            {
                if (kept[before[i]] || !kept.Contains(true))
                {
                    Assert.Equal(before[i], components.Map[i]);
                    continue;
                }

                int nearest = Enumerable.Range(0, mask.Length).Where(j => kept[before[j]]).Min(j => Distance(i, j));
                Assert.True(kept[components.Map[i]]);
                Assert.Contains(
                    Enumerable.Range(0, mask.Length),
                    j => before[j] == components.Map[i] && Distance(i, j) == nearest);
            }

            int Distance(int i, int j)
            {
                int dy = (i / width) - (j / width);
                int dx = (i % width) - (j % width);
                return (dy * dy) + (dx * dx);
            }
        }, iter: 150);

    [Fact]
    public void When_all_are_small_nothing_changes()
    {
        ushort[] mask = [0, 1, 0, 1];
        ConnectedComponents components = ConnectedComponents.Of(mask, 2, 2);
        int[] before = [.. components.Map];
        RegionCleanUp.RemoveSmall(components, 0.9, 2, 2, -1, default);
        Assert.Equal(before, components.Map);
    }

    [Fact]
    public void Threads_make_no_difference() =>
        Pictures.Sample((seed, height, width, share) =>
        {
            ushort[] mask = RandomMask.Create(seed, 5 * height, 20 * width, 5, 0.3);
            ConnectedComponents one = ConnectedComponents.Of(mask, 5 * height, 20 * width);
            ConnectedComponents many = ConnectedComponents.Of(mask, 5 * height, 20 * width);
            RegionCleanUp.RemoveSmall(one, share / 10, 5 * height, 20 * width, 1, default);
            RegionCleanUp.RemoveSmall(many, share / 10, 5 * height, 20 * width, 5, default);
            Assert.Equal(one.Map, many.Map);
        }, iter: 20);
}
