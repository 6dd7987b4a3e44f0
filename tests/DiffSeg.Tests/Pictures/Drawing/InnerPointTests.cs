using DiffSeg.Pictures.Drawing;

namespace DiffSeg.Tests.Pictures.Drawing;

public class InnerPointTests
{
    [Fact]
    public void The_point_of_a_disc_is_its_middle_and_its_radius_is_told()
    {
        ushort[] labels = [.. Enumerable.Range(0, 61 * 61).Select(i =>
            (ushort)(Math.Pow((i / 61) - 30, 2) + Math.Pow((i % 61) - 30, 2) <= 20 * 20 ? 1 : 0))];
        InnerPoint point = InnerPoint.Of(labels, 61, 61)[1];
        Assert.Equal((30, 30), (point.Y, point.X));
        Assert.InRange(point.Radius, 19, 22);
    }

    // The centroid of a bow lies outside it.
    [Fact]
    public void The_point_of_a_bow_lies_in_the_bow()
    {
        const int Side = 101;
        ushort[] labels = [.. Enumerable.Range(0, Side * Side).Select(i =>
        {
            double distance = Math.Sqrt(Math.Pow((i / Side) - 50, 2) + Math.Pow((i % Side) - 50, 2));
            return (ushort)(distance is > 30 and < 48 && i / Side < 60 ? 7 : 3);
        })];
        Segment bow = SegmentTable.Measure(labels, Side, Side).Single(segment => segment.Label == 7);
        Assert.Equal(3, labels[((int)bow.CentroidY * Side) + (int)bow.CentroidX]);

        InnerPoint point = InnerPoint.Of(labels, Side, Side)[7];

        Assert.Equal(7, labels[(point.Y * Side) + point.X]);
        Assert.InRange(point.Radius, 7, 10);
    }

    [Fact]
    public void The_picture_s_edge_is_a_border_and_every_label_has_a_point()
    {
        Dictionary<ushort, InnerPoint> points = InnerPoint.Of([4, 4, 4, 4, 4, 9], 1, 6);
        Assert.Equal(new InnerPoint(0, 2, 1), points[4]);
        Assert.Equal(new InnerPoint(0, 5, 1), points[9]);
    }

    // All pixels along the middle are equally inner.
    [Fact]
    public void The_point_of_a_bar_is_the_middle_of_it() =>
        Assert.Equal(new InnerPoint(10, 50, 11), InnerPoint.Of(new ushort[21 * 101], 21, 101)[0]);
}
