using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
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

    /// <summary>As from a stream.</summary>
    /// <param name="pipe">The pipe; left between two reads whatever happens, so that others may go on with it.</param>
    /// <param name="mostBytes">As for a stream.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="PictureRefusedException">There is more.</exception>
    /// <exception cref="OperationCanceledException">Cancelled by the token, or by the pipe's CancelPendingRead.</exception>
    public static async Task<PictureBuffer> ReadAsync(PipeReader pipe, long mostBytes, CancellationToken cancellationToken)
    {
        var bytes = new PictureBuffer();
        try
        {
            while (true)
            {
                ReadResult read = await pipe.ReadAsync(cancellationToken).ConfigureAwait(false);
                try
                {
                    foreach (ReadOnlyMemory<byte> part in read.Buffer)
                    {
                        bytes.Add(part.Span, mostBytes);
                    }
                }
                finally
                {
                    pipe.AdvanceTo(read.Buffer.End);
                }

                if (read.IsCanceled)
                {
                    throw new OperationCanceledException("Reading was cancelled.");
                }

                if (read.IsCompleted)
                {
                    return bytes;
                }
            }
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

    private void Add(ReadOnlySpan<byte> part, long mostBytes)
    {
        while (!part.IsEmpty)
        {
            Span<byte> room = Room(mostBytes).Span;
            int length = Math.Min(room.Length, part.Length);
            part[..length].CopyTo(room);
            _length += length;
            part = part[length..];
            if (_length > mostBytes)
            {
                throw TooLarge(mostBytes);
            }
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
