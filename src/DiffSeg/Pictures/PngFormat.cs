namespace DiffSeg.Pictures;

/// <summary>The numbers of the PNG specification (ISO/IEC 15948) that label masks need.</summary>
internal static class PngFormat
{
    public const byte Grey = 0;
    public const byte Colour = 2;
    public const byte Indexed = 3;
    public const byte GreyWithAlpha = 4;
    public const byte ColourWithAlpha = 6;
    public const int HeaderLength = 13;
    public const int MaxColours = 256;

    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static ReadOnlySpan<byte> Header => "IHDR"u8;

    public static ReadOnlySpan<byte> Colours => "PLTE"u8;

    public static ReadOnlySpan<byte> Transparency => "tRNS"u8;

    public static ReadOnlySpan<byte> Data => "IDAT"u8;

    public static ReadOnlySpan<byte> End => "IEND"u8;
}
