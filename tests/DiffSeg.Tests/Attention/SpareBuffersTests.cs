using System.Runtime.CompilerServices;

namespace DiffSeg.Tests.Attention;

public class SpareBuffersTests
{
    [Fact]
    public void Shortest_that_is_long_enough_is_used_again()
    {
        var spares = new SpareBuffers();
        float[] large = spares.Rent(100), small = spares.Rent(50);
        spares.Return(large);
        spares.Return(small);

        Assert.Same(small, spares.Rent(40));
        Assert.Same(large, spares.Rent(40));
        Assert.Equal(40, spares.Rent(40).Length);
    }

    [Fact]
    public void Buffers_of_several_images_at_once_are_all_used_again()
    {
        var spares = new SpareBuffers();

        // Held here, so that the garbage collector leaves them.
        float[][] held = [.. Enumerable.Range(0, 5).Select(_ => spares.Rent(10))];
        Array.ForEach(held, spares.Return);

        float[][] again = [.. Enumerable.Range(0, 5).Select(_ => spares.Rent(10))];

        // Which they are, not what is in them.
        Assert.Equal(5, again.Intersect(held, ReferenceEqualityComparer.Instance).Count());
        Assert.False(held.Contains(spares.Rent(10), ReferenceEqualityComparer.Instance));
    }

    [Fact]
    public void No_more_than_two_are_kept_from_the_garbage_collector()
    {
        var spares = new SpareBuffers();
        WeakReference[] returned = Return(spares, 6);

        GC.Collect();

        Assert.Equal(2, returned.Count(buffer => buffer.IsAlive));
        GC.KeepAlive(spares);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] Return(SpareBuffers spares, int count)
    {
        float[][] buffers = [.. Enumerable.Range(0, count).Select(_ => spares.Rent(1000))];
        Array.ForEach(buffers, spares.Return);
        return [.. buffers.Select(buffer => new WeakReference(buffer))];
    }
}
