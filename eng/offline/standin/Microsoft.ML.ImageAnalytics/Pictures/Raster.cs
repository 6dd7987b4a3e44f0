namespace DiffSeg.StandIn;

/// <summary>Pixels of four bytes, row after row, alpha last. An opaque one is saved without its alpha.</summary>
internal sealed record Raster(int Width, int Height, byte[] Bytes, bool IsOpaque)
{
    public const int BytesPerPixel = 4;

    public ReadOnlySpan<byte> Row(int y) => Bytes.AsSpan(y * Width * BytesPerPixel, Width * BytesPerPixel);
}
