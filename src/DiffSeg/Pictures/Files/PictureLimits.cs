namespace DiffSeg.Pictures;

/// <summary>
/// What a picture file may ask for at most. Looked at before anything is decoded, so that a small file that unpacks to
/// gigabytes costs nothing.
/// </summary>
public sealed record PictureLimits
{
    /// <summary>The default limits: 200 million pixels, 256 MiB.</summary>
    public static PictureLimits Default { get; } = new();

    /// <summary>
    /// Height times width, as the file's header gives them; at least 1. The default, 200,000,000, is 800 MB once decoded.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public long MaxPixels
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(MaxPixels));
            field = value;
        }
    } = 200_000_000;

    /// <summary>Length of the file in bytes, at least 1; 256 MiB by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public long MaxFileBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(MaxFileBytes));
            field = value;
        }
    } = 256L << 20;
}
