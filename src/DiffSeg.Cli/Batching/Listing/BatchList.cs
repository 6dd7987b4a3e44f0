using DiffSeg.Batches;
using DiffSeg.Cli.Evaluating.Asking;
using DiffSeg.Cli.Inputs;

namespace DiffSeg.Cli.Batching.Listing;

/// <summary>
/// The list of a batch as one shard needs it: all of it goes into the plan's hash, the images of the shard's own chunks
/// are kept.
/// </summary>
internal sealed class BatchList
{
    private readonly PackedTexts _ids = new();

    // Empty where the path is the id.
    private readonly PackedTexts _paths = new();
    private readonly List<int> _folders = [];
    private readonly List<string> _folderNames = [];
    private readonly int _chunkSize;
    private readonly Shard _shard;

    private BatchList(int chunkSize, Shard shard)
    {
        _chunkSize = chunkSize;
        _shard = shard;
    }

    /// <summary>What all shards have in common.</summary>
    public BatchPlan Plan { get; private set; } = null!;

    /// <summary>Numbers of the shard's chunks, ascending.</summary>
    public IEnumerable<int> Chunks => Plan.ChunksOf(_shard.Number, _shard.Count);

    /// <summary>Number of the shard's images.</summary>
    public int Count => _ids.Count;

    /// <summary>Reads a list to its end.</summary>
    /// <param name="images">The images.</param>
    /// <param name="options">What their masks depend on.</param>
    /// <param name="shard">The shard whose images to keep.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="SetupException">Two images have the same id, an id cannot be one, or there are no images.</exception>
    public static BatchList Read(IEnumerable<ListedImage> images, BatchOptions options, Shard shard, CancellationToken cancellationToken)
    {
        var list = new BatchList(options.ChunkSize, shard);
        try
        {
            list.Plan = BatchPlan.Create(list.Keep(images, cancellationToken), options);
        }
        catch (ArgumentException problem)
        {
            throw new SetupException(problem.Message, problem);
        }

        return list.Plan.ImageCount > 0 ? list : throw new SetupException("The list holds no images.");
    }

    /// <summary>Whether an image is one of the shard.</summary>
    /// <param name="index">Its place in the whole list, from 0.</param>
    public bool Has(int index) => index >= 0 && index < Plan.ImageCount && _shard.Has(index / _chunkSize);

    /// <summary>The image at a place of the whole list, which must be in one of the shard's chunks.</summary>
    /// <param name="index">The place, from 0.</param>
    public InputImage this[int index]
    {
        get
        {
            int own = PlaceOf(index);
            string id = _ids[own], path = _paths[own];
            return new InputImage(Path.GetFullPath(path.Length > 0 ? path : id, _folderNames[_folders[own]]), id);
        }
    }

    /// <summary>The place among the shard's images of one of them.</summary>
    /// <param name="index">Its place in the whole list, from 0.</param>
    public int PlaceOf(int index) => (index / _chunkSize / _shard.Count * _chunkSize) + (index % _chunkSize);

    /// <summary>The place in the whole list of an image of the shard.</summary>
    /// <param name="place">Its place among the shard's images, from 0.</param>
    public int IndexOf(int place) => (((place / _chunkSize * _shard.Count) + _shard.Number - 1) * _chunkSize) + (place % _chunkSize);

    private IEnumerable<string> Keep(IEnumerable<ListedImage> images, CancellationToken cancellationToken)
    {
        var known = new KnownIds();
        int index = 0;
        foreach (ListedImage image in images)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!known.Add(image.Id))
            {
                throw new SetupException(
                    $"{image.Place}: another image before it is called '{image.Id}' too. Each needs a name of its own: leave the image out, or give a list with ids (a CSV with the columns path and id).");
            }

            if (_shard.Has(index / _chunkSize))
            {
                Add(image);
            }

            yield return image.Id;
            index++;
        }
    }

    private void Add(ListedImage image)
    {
        _ids.Add(image.Id);
        _paths.Add(image.Path == image.Id ? "" : image.Path);

        // The inputs come one after the other, so the last folder is mostly the right one.
        if (_folderNames.Count == 0 || _folderNames[^1] != image.Folder)
        {
            _folderNames.Add(image.Folder);
        }

        _folders.Add(_folderNames.Count - 1);
    }
}
