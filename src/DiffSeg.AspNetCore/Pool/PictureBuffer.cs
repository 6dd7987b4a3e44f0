using System.Buffers;
using System.Globalization;
using DiffSeg.Pictures;

namespace DiffSeg.AspNetCore.Pool;

/// <summary>The bytes of a picture as they come, in memory that the next picture uses again.</summary>
internal sealed class PictureBuffer : IDisposable
{
    private const int FirstRoom = 64 << 10;
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(FirstRoom);
    private int _length;

    private PictureBuffer()
    {
    }

    /// <summary>The bytes, until this is disposed.</summary>
    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, _length);

    /// <summary>
    /// Reads a stream to its end, or to one byte more than there may be. Memory grows with what comes, not with what was
    /// promised.
    /// </summary>
    /// <param name="stream">The stream.</param>
    /// <param name="mostBytes">The most that there may be; less than <see cref="Array.MaxLength"/>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="PictureRefusedException">There is more.</exception>
    public static async Task<PictureBuffer> ReadAsync(Stream stream, long mostBytes, CancellationToken cancellationToken)
    {
        var bytes = new PictureBuffer();
        try
        {
            while (await stream.ReadAsync(bytes.Room(mostBytes), cancellationToken).ConfigureAwait(false) is > 0 and var read)
            {
                bytes._length += read;
                if (bytes._length > mostBytes)
                {
                    throw TooLarge(mostBytes);
                }
            }

            return bytes;
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    /// <summary>What is said of a picture of too many bytes.</summary>
    public static PictureRefusedException TooLarge(long mostBytes) => new(new PictureProblem(
        PictureFault.TooLarge,
        string.Create(CultureInfo.InvariantCulture, $"has more bytes than the limit of {mostBytes:N0}")));

    public void Dispose()
    {
        byte[] bytes = Interlocked.Exchange(ref _bytes, []);
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    // Up to the one byte too many, which tells that there is more.
    private Memory<byte> Room(long mostBytes)
    {
        if (_length == _bytes.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(2L * _length, mostBytes + 1));
            _bytes.CopyTo(larger, 0);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }

        return _bytes.AsMemory(_length, (int)Math.Min(_bytes.Length - _length, mostBytes + 1 - _length));
    }
}
