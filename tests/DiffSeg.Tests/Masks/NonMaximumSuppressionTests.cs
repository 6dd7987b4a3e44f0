using CsCheck;
using DiffSeg.Tests.Numerics;

namespace DiffSeg.Tests.Masks;

public class NonMaximumSuppressionTests
{
    [Fact]
    public void At_the_maps_own_size_each_pixel_is_its_token() =>
        Gen.Select(Gen.Int[0, 10_000], Gen.Int[1, 9], Gen.Int[1, 20], Gen.Int[1, 20]).Sample((seed, count, height, width) =>
        {
            ProposalSet proposals = Random(seed, count, height, width);
            ushort[] labels = RawMask.Label(proposals, MaskGrid.Whole(height, width, height, width));
            for (int i = 0; i < labels.Length; i++)
            {
                float[] values = [.. Enumerable.Range(0, count).Select(k => proposals.Map(k)[i])];
                Assert.Equal(Array.IndexOf(values, values.Max()), labels[i]);
            }
        }, iter: 50);

    /// <summary>A pixel's label depends on where its centre lies on the map and on nothing else.</summary>
    [Fact]
    public void A_part_of_the_grid_gives_that_part_of_the_mask() =>
        Gen.Select(Gen.Int[0, 1000], Gen.Int[0, 200], Gen.Int[0, 150], Gen.Int[1, 90], Gen.Int[1, 170]).Sample((seed, top, left, height, width) =>
        {
            ProposalSet proposals = Random(seed, 5, 16, 24);

            // 256 pixels per 16 tokens and 384 per 24: every position is an exact binary fraction.
            ushort[] whole = RawMask.Label(proposals, MaskGrid.Whole(16, 24, 256, 384));
            MaskGrid window = new(height, width, top / 16.0, left / 16.0, height / 16.0, width / 16.0);
            ushort[] part = RawMask.Label(proposals, window);
            int different = 0;
            for (int i = 0; i < part.Length; i++)
            {
                int y = top + (i / width);
                int x = left + (i % width);
                different += y < 256 && x < 384 && whole[(y * 384) + x] != part[i] ? 1 : 0;
            }

            Assert.Equal(0, different);
        }, iter: 40);

    /// <summary>Leaving proposals out of a box, and one instance for all, never changes a label.</summary>
    [Fact]
    public void Every_label_is_that_of_interpolating_every_proposal()
    {
        NonMaximumSuppression suppression = new();
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[1, 40], Gen.Int[1, 20], Gen.Int[1, 20], Gen.Int[1, 150], Gen.Int[1, 150])
            .Sample((seed, count, height, width, outputHeight, outputWidth) =>
            {
                ProposalSet proposals = ProposalMaps.Create(seed, count, height, width);
                Random random = new(seed);
                MaskGrid grid = random.Next(2) == 0
                    ? MaskGrid.Whole(height, width, outputHeight, outputWidth)
                    : new MaskGrid(
                        outputHeight,
                        outputWidth,
                        (random.NextDouble() - 0.5) * height,
                        (random.NextDouble() - 0.5) * width,
                        (random.NextDouble() + 0.1) * height,
                        (random.NextDouble() + 0.1) * width);
                ushort[] labels = new ushort[outputHeight * outputWidth];
                suppression.Label(proposals, grid, 1 + (seed % 3), labels);
                Assert.Equal(RawMask.Plain(proposals, grid), labels);
            }, iter: 400, threads: 1);
    }

    [Fact]
    public void Once_warm_nothing_is_allocated()
    {
        ProposalSet proposals = ProposalMaps.Create(2, 20, 32, 32);
        MaskGrid grid = MaskGrid.Whole(32, 32, 200, 300);
        ushort[] labels = new ushort[200 * 300];
        NonMaximumSuppression suppression = new();
        Assert.Equal(0, Allocation.OnceWarm(() => suppression.Label(proposals, grid, 1, labels)));
    }

    [Fact]
    public void A_box_is_halved_down_to_the_unit() =>
        Gen.Select(Gen.Int[1, 200], Gen.Int[1, 3000], Gen.Int[1, 20]).Sample((height, width, unit) =>
        {
            PixelBox box = new(3, 5, height, width);
            int pixels = 0;
            Assert.Equal(box.Halvings(unit), Depth(box));
            Assert.Equal(height * width, pixels);

            int Depth(PixelBox part)
            {
                Assert.InRange(part.Top, 3, part.Bottom - 1);
                Assert.InRange(part.Left, 5, part.Right - 1);
                if (part.Height <= unit && part.Width <= unit)
                {
                    pixels += part.Height * part.Width;
                    return 0;
                }

                (PixelBox first, PixelBox second) = part.Halves(unit);
                return 1 + Math.Max(Depth(first), Depth(second));
            }
        }, iter: 100);

    [Fact]
    public void Beyond_the_map_the_edge_goes_on()
    {
        ProposalSet proposals = Random(1, 4, 6, 6);
        ushort[] labels = RawMask.Label(proposals, new MaskGrid(18, 18, -6, -6, 18, 18));
        for (int i = 0; i < labels.Length; i++)
        {
            int y = Math.Clamp((i / 18) - 6, 0, 5);
            int x = Math.Clamp((i % 18) - 6, 0, 5);
            Assert.Equal(labels[((y + 6) * 18) + x + 6], labels[i]);
        }
    }

    [Fact]
    public void Mirrored_maps_give_a_mirrored_mask()
    {
        ProposalSet proposals = Random(2, 6, 9, 14);
        float[] mirrored = [.. Enumerable.Range(0, 6 * 9).SelectMany(row => proposals.Values.Slice(row * 14, 14).ToArray().Reverse())];
        MaskGrid grid = MaskGrid.Whole(9, 14, 72, 112);
        ushort[] labels = RawMask.Label(proposals, grid);
        ushort[] others = RawMask.Label(new ProposalSet(mirrored, 6, 9, 14), grid);
        int different = Enumerable.Range(0, labels.Length)
            .Count(i => labels[i] != others[(i / 112 * 112) + 111 - (i % 112)]);

        // Interpolation from the other side rounds differently: a pixel on a border may go either way.
        Assert.InRange(different, 0, 2);
    }

    [Fact]
    public void Of_equal_proposals_the_first_wins_and_one_that_is_not_there_never()
    {
        float[] map = [.. Random(3, 1, 8, 8).Values];
        float[] missing = new float[64];
        Array.Fill(missing, float.NaN);
        ProposalSet proposals = new([.. missing, .. map, .. map, .. missing], 4, 8, 8);
        ushort[] labels = RawMask.Label(proposals, MaskGrid.Whole(8, 8, 100, 50));
        Assert.All(labels, label => Assert.Equal(1, label));
    }

    [Theory]
    [InlineData(0, 5, 0, 8)]
    [InlineData(5, -1, 0, 8)]
    [InlineData(5, 5, double.NaN, 8)]
    [InlineData(5, 5, 0, 0)]
    [InlineData(5, 5, 0, double.PositiveInfinity)]
    [InlineData(1 << 20, 1 << 20, 0, 8)]
    public void An_impossible_grid_is_an_error(int height, int width, double top, double span) =>
        Assert.Throws<ArgumentException>(
            "grid", () => new MaskGrid(height, width, top, 0, span, 8).Check());

    private static ProposalSet Random(int seed, int count, int height, int width)
    {
        Random random = new(seed);
        return new ProposalSet(
            [.. Enumerable.Range(0, count * height * width).Select(_ => random.NextSingle())], count, height, width);
    }
}
