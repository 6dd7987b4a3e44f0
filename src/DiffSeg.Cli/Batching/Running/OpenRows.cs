using DiffSeg.Batches;
using DiffSeg.Cli.Batching.Listing;

namespace DiffSeg.Cli.Batching.Running;

/// <summary>The images of a shard that are left to do: those of its chunks without a record, in order.</summary>
internal sealed class OpenRows
{
    private readonly BatchList _list;
    private readonly int[] _chunks;

    /// <summary>Looks which they are.</summary>
    /// <param name="list">The shard's images.</param>
    /// <param name="folder">The batch.</param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public OpenRows(BatchList list, BatchFolder folder)
    {
        _list = list;
        _chunks = [.. list.Chunks.Where(chunk => folder.Done(chunk) is null)];

        // Only the last chunk of a batch may have fewer images than the others.
        Count = _chunks.Length == 0 ? 0 : ((_chunks.Length - 1) * list.Plan.ChunkSize) + list.Plan.RangeOf(_chunks[^1]).Count;
    }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>The chunk that an image belongs to.</summary>
    /// <param name="place">The image's place among these, from 0.</param>
    public int ChunkAt(int place) => _chunks[place / _list.Plan.ChunkSize];

    /// <summary>An image.</summary>
    /// <param name="place">Its place among these, from 0.</param>
    public BatchImage this[int place]
    {
        get
        {
            int chunk = ChunkAt(place);
            (int first, int count) = _list.Plan.RangeOf(chunk);
            int within = place % _list.Plan.ChunkSize;
            return new BatchImage(chunk, first + within, count - within - 1, _list[first + within]);
        }
    }
}
