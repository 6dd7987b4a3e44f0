using DiffSeg.Cli.Batching.Listing;
using DiffSeg.Tests.Numerics;

namespace DiffSeg.Cli.Tests.Batching.Listing;

/// <summary>Ids that come twice are noticed, in little memory for each.</summary>
public sealed class KnownIdsTests
{
    [Fact]
    public void Those_that_come_twice_are_noticed_and_no_others()
    {
        var known = new KnownIds();
        var random = new Random(7);
        var expected = new HashSet<string>();

        for (int i = 0; i < 400_000; i++)
        {
            string id = $"photos/{random.Next(250_000)}.jpg";
            Assert.Equal(expected.Add(id), known.Add(id));
        }
    }

    [Theory]
    [InlineData(150_000)]
    [InlineData(300_000)]
    public void They_take_little_memory_each(int count)
    {
        var known = new KnownIds();
        long empty = Reachable.Bytes(known);
        for (int i = 0; i < count; i++)
        {
            Assert.True(known.Add($"photos/{i}.jpg"));
        }

        Assert.InRange((Reachable.Bytes(known) - empty) / (double)count, 16, 31);
    }
}
