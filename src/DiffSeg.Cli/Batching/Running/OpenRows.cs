using DiffSeg.Batches;
using DiffSeg.Cli.Batching.Listing;

namespace DiffSeg.Cli.Batching.Running;

/// <summary>The images of a shard that are left to do: those of its chunks without a record, in order.</summary>
internal sealed class OpenRows
{
    /// <summary>The most images that <see cref="Others"/> gives.</summary>
    public const int MostOthers = 1000;

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
            (int first, _) = _list.Plan.RangeOf(ChunkAt(place));
            return Image(first + (place % _list.Plan.ChunkSize));
        }
    }

    /// <summary>Other images of the shard, done or not, from all over it: at most <see cref="MostOthers"/>.</summary>
    /// <param name="image">The image.</param>
    public IEnumerable<BatchImage> Others(BatchImage image)
    {
        int begin = _list.PlaceOf(image.Index), step = Math.Max(1, (_list.Count - 1) / MostOthers);
        for (int i = 1; i <= Math.Min(_list.Count - 1, MostOthers); i++)
        {
            yield return Image(_list.IndexOf((int)((begin + ((long)i * step)) % _list.Count)));
        }
    }

    private BatchImage Image(int index)
    {
        int chunk = index / _list.Plan.ChunkSize;
        (int first, int count) = _list.Plan.RangeOf(chunk);
        return new BatchImage(chunk, index, first + count - index - 1, _list[index]);
    }
}
