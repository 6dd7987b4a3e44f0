using DiffSeg.Pictures;
using DiffSeg.Tests.Baselines;
using DiffSeg.Tests.Oracle;

namespace DiffSeg.Tests.Points;

/// <summary>What must hold of the segment under a point, whatever the attention.</summary>
public class PointSegmentTests
{
    private static readonly string[] Drawing =
    [
        "aaaabbbb",
        "aaaabbbb",
        "aaaabbbb",
        "aaaabbbb",
        "ccccccaa",
        "ccccccaa",
        "ccccccaa",
        "ccccccaa",
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(10, 10, 0, 0, 40, 40)]
    [InlineData(75, 3, 40, 0, 40, 40)]
    [InlineData(5, 70, 0, 40, 60, 40)]
    [InlineData(79, 79, 60, 40, 20, 40)]
    public void It_is_the_thing_under_the_point(int x, int y, int left, int top, int width, int height)
    {
        using SegmentationSession session = Draw(Drawing);

        PointSegment segment = session.SegmentAt(x, y, cancellationToken: Stop);

        Assert.Equal(new BoundingBox(left, top, width, height), segment.Box);
        // Corners between four tokens are rounded off.
        Assert.InRange(segment.Area, (width * height) - 20, width * height);
        Assert.Equal(segment.Area / 6400.0, segment.Share, 1e-12);
        Assert.Equal((80, 80), (segment.Height, segment.Width));
        Assert.Equal([new PointPrompt(x, y)], segment.Points);
        Assert.Equal(segment.Area, segment.Labels.ToArray().Sum(label => label));
        Assert.Equal((8, 8, session.Grid, (x, y)), (segment.Map.Height, segment.Map.Width, segment.Map.Grid, segment.Map.Point!.Value));
        Assert.Equal(0, segment.Map.Values[(y / 10 * 8) + (x / 10)]);
    }

    [Fact]
    public void Without_connection_things_alike_come_along()
    {
        using SegmentationSession session = new(BlockAttention.Of(["aabbaa", "aabbaa"], 0.001), new MaskGrid(20, 60, 0, 0, 2, 6));

        PointSegment together = session.SegmentAt(5, 5, new() { Connected = false, Steps = 3 }, Stop);
        PointSegment alone = session.SegmentAt(5, 5, new() { Connected = true, Steps = 3 }, Stop);

        Assert.Equal(new BoundingBox(0, 0, 60, 20), together.Box);
        Assert.Equal(0, together.Labels[30]);
        Assert.Equal(0, alone.Box.Left);
        Assert.InRange(alone.Box.Width, 18, 22);
    }

    [Fact]
    public void Background_is_cut_away_and_more_points_add_what_is_theirs()
    {
        using SegmentationSession session = Draw(Drawing);

        PointSegment two = session.SegmentAt([new(10, 10), new(70, 10)], cancellationToken: Stop);
        PointSegment large = session.SegmentAt([new(10, 10)], new() { Steps = 1000 }, Stop);
        PointSegment cut = session.SegmentAt([new(10, 10), new(70, 10, Foreground: false)], new() { Steps = 1000 }, Stop);

        Assert.Equal(new BoundingBox(0, 0, 80, 40), two.Box);
        Assert.InRange(two.Area, 3200 - 40, 3200);
        Assert.Equal(6400, large.Area);
        Assert.Equal((1, 0), (cut.Labels[(10 * 80) + 10], cut.Labels[(10 * 80) + 70]));
        Assert.InRange(cut.Area, 1, 6400 - 1200);
    }

    [Fact]
    public void Points_of_both_kinds_on_one_token_share_its_pixels()
    {
        using SegmentationSession session = Draw(Drawing);
        PointSegment segment = session.SegmentAt([new(11, 12), new(18, 12, Foreground: false)], cancellationToken: Stop);
        Assert.Equal((1, 0), (segment.Labels[(12 * 80) + 11], segment.Labels[(12 * 80) + 18]));
        Assert.Equal((1, 0), (segment.Labels[(12 * 80) + 13], segment.Labels[(12 * 80) + 16]));
    }

    [Fact]
    public void Every_point_is_on_its_side_wherever_it_lies()
    {
        AggregatedAttention attention = RandomAttention.Aggregate(7, [new(1, 16, 16), new(1, 8, 8)]);
        using SegmentationSession session = new(attention, new MaskGrid(51, 67, 0.4, 0, 15, 16));
        Random random = new(3);
        for (int trial = 0; trial < 40; trial++)
        {
            PointPrompt[] points = [.. Enumerable.Range(0, 5)
                .Select(i => new PointPrompt(random.Next(67), random.Next(51), i % 2 == 0)).DistinctBy(p => (p.X, p.Y))];
            PointSegment segment = session.SegmentAt(points, new() { Connected = trial % 2 == 0 }, Stop);
            Assert.All(points, p => Assert.Equal(p.Foreground ? 1 : 0, segment.Labels[(p.Y * 67) + p.X]));
            Assert.Equal(points, segment.Points);
            Assert.Equal(points.Length, segment.Limits.Count);
            Assert.All(segment.Limits, limit => Assert.True(limit > 0));
            Assert.Equal(segment.Area, segment.Labels.ToArray().Count(label => label == 1));
        }
    }

    [Theory]
    [InlineData(3, 9)]
    [InlineData(7, 2)]
    [InlineData(0, 15)]
    public void A_mirrored_picture_has_mirrored_segments(int x, int y)
    {
        string[] rows = [.. Enumerable.Range(0, 12).Select(
            r => string.Concat(Enumerable.Range(0, 16).Select(c => (char)('a' + (((r / 3) + (c / 4)) % 3)))))];
        string[] mirrored = [.. rows.Select(row => string.Concat(row.Reverse()))];
        using SegmentationSession session = Draw(rows, 48, 64);
        using SegmentationSession mirror = Draw(mirrored, 48, 64);

        PointSegment segment = session.SegmentAt(x * 4, y * 3, cancellationToken: Stop);
        PointSegment other = mirror.SegmentAt(63 - (x * 4), y * 3, cancellationToken: Stop);

        Assert.Equal(segment.Limits[0], other.Limits[0], 1e-3);
        Assert.InRange(
            Enumerable.Range(0, 48 * 64).Count(i => segment.Labels[i] != other.Labels[(i / 64 * 64) + 63 - (i % 64)]), 0, 15);
    }

    [Fact]
    public void More_steps_never_lose_a_pixel()
    {
        AggregatedAttention attention = RandomAttention.Aggregate(8, [new(1, 16, 16)]);
        using SegmentationSession session = new(attention, MaskGrid.Whole(attention, 40, 40));
        ushort[] before = new ushort[1600];
        foreach (float steps in new[] { 0.2f, 0.5f, 1, 2, 4, 9, 100 })
        {
            ushort[] now = session.SegmentAt(17, 23, new() { Steps = steps }, Stop).Labels.ToArray();
            Assert.All(Enumerable.Range(0, 1600), i => Assert.True(now[i] >= before[i]));
            before = now;
        }

        Assert.Equal(1600, before.Count(label => label == 1));
    }

    [Fact]
    public void Where_all_is_alike_it_is_all()
    {
        using SegmentationSession session = new(
            AggregatedAttention.FromTensors([(new AttentionShape(1, 4, 4), Enumerable.Repeat(1 / 16f, 256).ToArray())]),
            MaskGrid.Whole(4, 4, 9, 9));
        Assert.Equal(81, session.SegmentAt(4, 4, cancellationToken: Stop).Area);
        PointSegment halves = session.SegmentAt([new(1, 4), new(7, 4, Foreground: false)], cancellationToken: Stop);
        Assert.InRange(halves.Area, 1, 60);
    }

    [Fact]
    public void Tokens_that_nobody_attends_to_are_far_away()
    {
        float[] values = new float[16 * 16];
        for (int i = 0; i < 16; i++)
        {
            values.AsSpan(i * 16, 8).Fill(1 / 8f);
        }

        using SegmentationSession session = new(
            AggregatedAttention.FromTensors([(new AttentionShape(1, 4, 4), values)]), MaskGrid.Whole(4, 4, 16, 16));
        PointSegment segment = session.SegmentAt(2, 2, cancellationToken: Stop);
        Assert.Equal(new BoundingBox(0, 0, 16, 8), segment.Box);
        Assert.Equal(64, segment.Map.Values[15]);
        PointSegment odd = session.SegmentAt(15, 15, cancellationToken: Stop);
        Assert.Equal(1, odd.Labels[255]);
    }

    [Fact]
    public async Task Bits_do_not_depend_on_threads_or_on_what_was_asked_before()
    {
        PointPrompt[] points = [new(10, 30), new(50, 12), new(30, 40, Foreground: false)];
        PointSegment[] segments = [.. new[] { 1, 2, 3, 7 }.Select(degree =>
        {
            AggregatedAttention attention = RandomAttention.Aggregate(9, [new(1, 24, 24)]);
            using SegmentationSession session = new(
                attention, MaskGrid.Whole(attention, 60, 60), new() { MaxDegreeOfParallelism = degree });
            if (degree > 2)
            {
                session.SegmentAt(50, 12, cancellationToken: Stop);
            }

            return session.SegmentAt(points, cancellationToken: Stop);
        })];
        Assert.All(segments, s => Assert.Equal(segments[0].Labels.ToArray(), s.Labels.ToArray()));
        Assert.All(segments, s => Assert.Equal(segments[0].Map.Values.ToArray(), s.Map.Values.ToArray()));

        AggregatedAttention shared = RandomAttention.Aggregate(9, [new(1, 24, 24)]);
        using SegmentationSession one = new(shared, MaskGrid.Whole(shared, 60, 60));
        PointSegment[] together = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            _ => Task.Run(() => one.SegmentAt(points, cancellationToken: Stop), Stop)));
        Assert.All(together, s => Assert.Equal(segments[0].Labels.ToArray(), s.Labels.ToArray()));
    }

    [Fact]
    public void The_picture_comes_along()
    {
        Picture picture = RandomPicture.Create(1, 80, 80);
        using SegmentationSession session = new(BlockAttention.Of(Drawing), MaskGrid.Whole(8, 8, 80, 80), picture: picture);
        PointSegment segment = session.SegmentAt(3, 3, cancellationToken: Stop);
        Assert.Same(picture, segment.Picture);
        Assert.Same(picture, segment.Map.Picture);
    }

    [Fact]
    public void Bad_points_are_named()
    {
        using SegmentationSession session = Draw(Drawing);
        Assert.Throws<ArgumentOutOfRangeException>("x", () => session.SegmentAt(80, 0, cancellationToken: Stop));
        Assert.Throws<ArgumentOutOfRangeException>("y", () => session.SegmentAt(0, -1, cancellationToken: Stop));
        var error = Assert.Throws<ArgumentOutOfRangeException>(
            "points[1].X", () => session.SegmentAt([new(0, 0), new(99, 0, Foreground: false)], cancellationToken: Stop));
        Assert.Contains("0 to 79", error.Message);
        Assert.Contains("80 x 80 pixels", error.Message);
        Assert.Throws<ArgumentNullException>("points", () => session.SegmentAt(null!, cancellationToken: Stop));
        Assert.Throws<ArgumentException>("points", () => session.SegmentAt([], cancellationToken: Stop));
        Assert.Throws<ArgumentException>("points", () => session.SegmentAt([new(1, 1, Foreground: false)], cancellationToken: Stop));
        Assert.Contains("(4, 5)", Assert.Throws<ArgumentException>("points", () => session.SegmentAt(
            [new(1, 1), new(4, 5), new(4, 5, Foreground: false)], cancellationToken: Stop)).Message);
    }

    [Fact]
    public void Bad_settings_are_named()
    {
        Assert.Throws<ArgumentOutOfRangeException>("ReachShare", () => new PointOptions { ReachShare = 1 });
        Assert.Throws<ArgumentOutOfRangeException>("ReachShare", () => new PointOptions { ReachShare = float.NaN });
        Assert.Throws<ArgumentOutOfRangeException>("MaxSteps", () => new PointOptions { MaxSteps = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("Steps", () => new PointOptions { Steps = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("Steps", () => new PointOptions { Steps = float.PositiveInfinity });
    }

    [Fact]
    public void It_can_be_cancelled_and_asked_again()
    {
        using SegmentationSession session = Draw(Drawing);
        Assert.Throws<OperationCanceledException>(() => session.SegmentAt(10, 10, null, new CancellationToken(canceled: true)));
        Assert.InRange(session.SegmentAt(10, 10, cancellationToken: Stop).Area, 1580, 1600);
    }

    [Fact]
    public void A_disposed_session_answers_no_more_not_even_what_it_was_asked_before()
    {
        SegmentationSession session = Draw(Drawing);
        session.SegmentAt(1, 1, cancellationToken: Stop);
        session.Dispose();
        Assert.Throws<ObjectDisposedException>(() => session.SegmentAt(1, 1, cancellationToken: Stop));
    }

    private static SegmentationSession Draw(string[] drawing, int height = 80, int width = 80) =>
        new(BlockAttention.Of(drawing), new MaskGrid(height, width, 0, 0, drawing.Length, drawing[0].Length));
}
