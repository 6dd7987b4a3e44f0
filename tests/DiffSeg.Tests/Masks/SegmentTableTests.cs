using CsCheck;

namespace DiffSeg.Tests.Masks;

public class SegmentTableTests
{
    [Fact]
    public void Measures_what_counting_pixels_gives() =>
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[1, 30], Gen.Int[1, 30]).Sample((seed, height, width) =>
        {
            ushort[] mask = RandomMask.Create(seed, height, width, 5, 0.2);
            IReadOnlyList<Segment> segments = SegmentTable.Measure(mask, height, width);
            Assert.Equal(mask.Distinct().Order(), segments.Select(s => s.Label));
            foreach (Segment segment in segments)
            {
                (int Y, int X)[] pixels = [.. Enumerable.Range(0, mask.Length)
                    .Where(i => mask[i] == segment.Label).Select(i => (i / width, i % width))];
                Assert.Equal(pixels.Length, segment.Area);
                Assert.Equal(pixels.Average(p => p.X), segment.CentroidX, 1e-9);
                Assert.Equal(pixels.Average(p => p.Y), segment.CentroidY, 1e-9);
                int left = pixels.Min(p => p.X);
                int top = pixels.Min(p => p.Y);
                BoundingBox box = new(left, top, pixels.Max(p => p.X) - left + 1, pixels.Max(p => p.Y) - top + 1);
                Assert.Equal(box, segment.Box);
            }
        }, iter: 200);

    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, 0)]
    [InlineData(2, 3)]
    [InlineData(-1, -5)]
    public void A_size_that_is_not_the_masks_is_an_error(int height, int width) =>
        Assert.Throws<ArgumentException>("labels", () => SegmentTable.Measure(new ushort[5], height, width));
}
