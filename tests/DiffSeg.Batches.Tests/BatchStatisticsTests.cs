using DiffSeg.Tests.DataSets;

namespace DiffSeg.Batches.Tests;

public class BatchStatisticsTests
{
    [Theory]
    [InlineData("'a b.jpg' is cut off after 17 bytes. Copy it again.", "'...' is cut off after # bytes")]
    [InlineData("The picture has 20000 x 1.5 pixels; at most 2,000,000 are read.", "The picture has # x # pixels; at most # are read")]
    [InlineData("It doesn't hold \"this\" or 'that'", "It doesn't hold '...' or '...'")]
    [InlineData("out of memory", "out of memory")]
    public void A_kind_of_reason_is_what_reasons_have_in_common(string reason, string kind) =>
        Assert.Equal(kind, FailureReason.KindOf(reason));

    [Theory]
    [InlineData(" cut off,\r\n\u2028 after\t7 bytes \u00a0", "cut off, after 7 bytes")]
    [InlineData("'\U0001F408 cat \ue000.jpg'\u0007 is\u202e no picture", "'\U0001F408 cat \ue000.jpg' is no picture")]
    public void A_reason_is_one_line_and_keeps_every_letter(string reason, string line) => Assert.Equal(line, FailureReason.OneLine(reason));

    [Fact]
    public void A_long_kind_is_cut_between_words()
    {
        string kind = FailureReason.KindOf(string.Join(' ', Enumerable.Repeat("word", 100)));

        Assert.EndsWith(" word...", kind);
        Assert.InRange(kind.Length, 90, 103);
        Assert.InRange(FailureReason.KindOf(new string('x', 1000)).Length, 90, 103);
    }

    [Fact]
    public void Those_of_the_shards_together_are_those_of_all()
    {
        SampleBatch batch = SampleBatch.Of(40, BatchFormat.CocoRle);
        using var folder = new TestFolder();
        batch.Run(folder.Root);
        BatchFolder read = BatchFolder.OpenExisting(folder.Root);

        BatchStatistics all = read.Statistics();
        BatchStatistics merged = Enumerable.Range(1, 3).Reverse()
            .Select(shard => read.Statistics(batch.Plan.ChunksOf(shard, 3)))
            .Aggregate((some, others) => some.Merge(others));

        AssertSame(all, merged);
        AssertSame(all, read.Verify().Statistics);
        Assert.Equal((14, 40, 30, 10), (all.Chunks, all.Images, all.Succeeded, all.Failed));
        Assert.Equal(batch.Images.Sum(image => image.Labels.Distinct().Count()), all.Segments);
        Assert.Equal(0.25, all.ErrorRate);
        Assert.Equal([KeyValuePair.Create("'...' is cut off after # bytes", 10)], all.Failures);
    }

    [Fact]
    public void Chunks_that_are_not_done_do_not_count()
    {
        SampleBatch batch = SampleBatch.Of(9, BatchFormat.CocoRle);
        using var folder = new TestFolder();
        BatchFolder opened = BatchFolder.Open(folder.Root, batch.Plan);
        batch.Write(opened, 1);

        Assert.Equal((1, 3), (opened.Statistics().Chunks, opened.Statistics().Images));
    }

    [Fact]
    public void Reasons_that_are_all_different_are_bounded()
    {
        SampleImage[] images = [.. Enumerable.Range(0, 700).Select(i => new SampleImage($"{i}", 0, 0, [], $"reason {(char)('A' + (i % 26))}{(char)('a' + (i / 26))}"))];
        var batch = new SampleBatch(images, BatchFormat.CocoRle, 50);
        using var folder = new TestFolder();
        batch.Run(folder.Root);

        BatchStatistics all = BatchFolder.OpenExisting(folder.Root).Statistics();

        Assert.Equal(201, all.Failures.Count);
        Assert.Equal(500, all.Failures["other reasons"]);
        Assert.Equal(700, all.Failures.Values.Sum());
    }

    private static void AssertSame(BatchStatistics expected, BatchStatistics actual)
    {
        Assert.Equal(
            (expected.Chunks, expected.Images, expected.Succeeded, expected.Failed, expected.Segments),
            (actual.Chunks, actual.Images, actual.Succeeded, actual.Failed, actual.Segments));
        Assert.Equal(expected.Failures, actual.Failures);
    }
}
