using CsCheck;
using DiffSeg.Evaluation;

namespace DiffSeg.Tests.Evaluation;

public class BoundaryMapTests
{
    [Fact]
    public void Two_halves_have_a_line_between_them()
    {
        BoundaryMap map = Map(
            "AABB",
            "AABB",
            "AABB");

        Assert.Equal([1, 5, 9], map.Pixels.ToArray());
    }

    // The corner at the lower right of a pixel is where a border ends: seg2bdry's image size. Thinning cuts the corners.
    [Fact]
    public void A_square_is_surrounded_on_its_upper_left() => Assert.Equal(
        [
            "......",
            "..##..",
            ".#..#.",
            ".#..#.",
            "..##..",
            "......",
        ],
        Drawn(Map(
            "AAAAAA",
            "AAAAAA",
            "AABBBA",
            "AABBBA",
            "AABBBA",
            "AAAAAA")));

    [Fact]
    public void A_border_with_pixels_without_a_class_is_none()
    {
        ushort[] labels = [0, LabelMap.Ignored, 1];

        Assert.Empty(BoundaryMap.FromLabels(labels, 1, 3).Pixels.ToArray());
    }

    [Fact]
    public void One_region_has_no_boundary() =>
        Assert.Empty(BoundaryMap.FromLabels(new ushort[35], 5, 7).Pixels.ToArray());

    [Fact]
    public void Drawn_boundaries_are_taken_as_they_are()
    {
        BoundaryMap map = BoundaryMap.FromPixels([true, true, true, true, false, true], 2, 3);

        Assert.Equal((2, 3), (map.Height, map.Width));
        Assert.Equal([0, 1, 2, 3, 5], map.Pixels.ToArray());
        Assert.Throws<EvaluationException>(() => BoundaryMap.FromPixels(new bool[5], 2, 3));
        Assert.Throws<EvaluationException>(() => BoundaryMap.FromLabels(new ushort[5], 2, 3));
    }

    [Fact]
    public void A_thick_line_thins_to_one_pixel()
    {
        bool[] image = new bool[9 * 30];
        for (int i = 0; i < 3 * 24; i++)
        {
            image[((3 + (i / 24)) * 30) + 3 + (i % 24)] = true;
        }

        BoundaryThinning.Thin(image, 9, 30);

        Assert.All(Enumerable.Range(6, 18), x => Assert.Equal(1, Enumerable.Range(0, 9).Count(y => image[(y * 30) + x])));
    }

    [Fact]
    public void Thinning_neither_joins_nor_breaks_nor_loses_a_line() =>
        Labellings.Of(1, 2, 14).Sample(drawing =>
        {
            bool[] image = [.. drawing.Labels[0].Select(label => label == 1)];
            bool[] thin = [.. image];
            BoundaryThinning.Thin(thin, drawing.Height, drawing.Width);

            Assert.All(thin.Index(), pixel => Assert.True(!pixel.Item || image[pixel.Index]));
            Assert.Equal(Parts(image, drawing.Height, drawing.Width), Parts(thin, drawing.Height, drawing.Width));
            bool[] again = [.. thin];
            BoundaryThinning.Thin(again, drawing.Height, drawing.Width);
            Assert.Equal(thin, again);
        });

    // 8-connected parts.
    private static int Parts(bool[] image, int height, int width)
    {
        bool[] seen = new bool[image.Length];
        int parts = 0;
        for (int start = 0; start < image.Length; start++)
        {
            if (image[start] && !seen[start])
            {
                parts++;
                Visit(start);
            }
        }

        return parts;

        void Visit(int pixel)
        {
            seen[pixel] = true;
            for (int i = 0; i < 9; i++)
            {
                (int y, int x) = ((pixel / width) + (i / 3) - 1, (pixel % width) + (i % 3) - 1);
                if (y >= 0 && y < height && x >= 0 && x < width && image[(y * width) + x] && !seen[(y * width) + x])
                {
                    Visit((y * width) + x);
                }
            }
        }
    }

    private static BoundaryMap Map(params string[] rows) => BoundaryMap.FromLabels(
        [.. rows.SelectMany(row => row).Select(letter => (ushort)letter)], rows.Length, rows[0].Length);

    private static IEnumerable<string> Drawn(BoundaryMap map)
    {
        HashSet<int> pixels = [.. map.Pixels];
        return Enumerable.Range(0, map.Height).Select(y => string.Concat(
            Enumerable.Range(0, map.Width).Select(x => pixels.Contains((y * map.Width) + x) ? '#' : '.')));
    }
}
