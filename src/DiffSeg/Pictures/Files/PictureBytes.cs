namespace DiffSeg.Pictures.Files;

/// <summary>The bytes of a file, a few at a time from anywhere; small reads that lie close together cost one.</summary>
/// <param name="file">The file, which can seek.</param>
internal sealed class PictureBytes(Stream file)
{
    private const int WindowLength = 4096;
    private readonly byte[] _window = new byte[WindowLength];
    private long _start;
    private int _count;

    /// <summary>Bytes of the file.</summary>
    public long Length { get; } = file.Length;

    /// <summary>The first bytes, by which a kind is known: 512, or all of a shorter file.</summary>
    public ReadOnlySpan<byte> Head
    {
        get
        {
            ReadOnlySpan<byte> bytes = From(0);
            return bytes[..Math.Min(512, bytes.Length)];
        }
    }

    /// <summary>So many bytes from an offset on, or fewer at the end of the file; valid until the next read.</summary>
    /// <param name="offset">Offset from the beginning; past the end there is nothing.</param>
    /// <param name="count">At most 64.</param>
    public ReadOnlySpan<byte> At(long offset, int count)
    {
        ReadOnlySpan<byte> bytes = From(offset, count);
        return bytes[..Math.Min(count, bytes.Length)];
    }

    /// <summary>
    /// As many bytes from an offset on as one read gives: at least so many, unless the file ends before. Valid until the
    /// next read.
    /// </summary>
    public ReadOnlySpan<byte> From(long offset, int least = 1)
    {
        if (offset < 0 || offset >= Length)
        {
            return [];
        }

        if (offset < _start || offset + least > _start + _count)
        {
            file.Position = offset;
            _start = offset;
            _count = file.ReadAtLeast(_window, WindowLength, throwOnEndOfStream: false);
        }

        return _window.AsSpan((int)(offset - _start), _count - (int)(offset - _start));
    }
}
