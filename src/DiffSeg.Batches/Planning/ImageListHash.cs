using System.IO.Hashing;
using System.Security.Cryptography;

namespace DiffSeg.Batches;

/// <summary>SHA-256 of a list of images, and a short hash of the images of each chunk.</summary>
/// <param name="chunkSize">Images per chunk.</param>
internal sealed class ImageListHash(int chunkSize) : IDisposable
{
    private readonly IncrementalHash _all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly XxHash64 _chunk = new();
    private readonly List<ulong> _chunks = [];

    /// <summary>Images added so far.</summary>
    public int Count { get; private set; }

    /// <summary>Adds the next image.</summary>
    /// <param name="image">Its id.</param>
    /// <exception cref="ArgumentException">It is empty or cannot be written to a file and read back.</exception>
    public void Add(string image)
    {
        byte[] bytes = ImageId.Bytes(image);
        _all.AppendData(bytes);
        _chunk.Append(bytes);
        Count++;
        if (Count % chunkSize == 0)
        {
            EndChunk();
        }
    }

    /// <summary>The hash of all that was added, in hexadecimal, and those of the chunks.</summary>
    public (string All, ulong[] Chunks) Finish()
    {
        if (Count % chunkSize != 0)
        {
            EndChunk();
        }

        return (Convert.ToHexStringLower(_all.GetHashAndReset()), [.. _chunks]);
    }

    /// <summary>Lets the hash go.</summary>
    public void Dispose() => _all.Dispose();

    private void EndChunk()
    {
        _chunks.Add(_chunk.GetCurrentHashAsUInt64());
        _chunk.Reset();
    }
}
