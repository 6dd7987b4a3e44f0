namespace DiffSeg.Pictures.Jpeg;

/// <summary>The tables that ITU-T T.81 proposes in its annex K, and that nearly all files use.</summary>
internal static class JpegTables
{
    /// <summary>Place in the block of each coefficient in the order written: from the coarse to the fine.</summary>
    public static ReadOnlySpan<byte> ZigZag =>
    [
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
        35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
    ];

    /// <summary>Steps of the light's coefficients at quality 50, row by row.</summary>
    public static ReadOnlySpan<byte> Light =>
    [
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
        18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
    ];

    /// <summary>Steps of the colours' coefficients at quality 50, row by row.</summary>
    public static ReadOnlySpan<byte> Colour =>
    [
        17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
    ];

    public static JpegCode LightDc { get; } = new("00010501010101010100000000000000000102030405060708090a0b");

    public static JpegCode ColourDc { get; } = new("00030101010101010101010000000000000102030405060708090a0b");

    public static JpegCode LightAc { get; } = new(
        """
        0002010303020403050504040000017d0102030004110512213141061351610722711432
        8191a1082342b1c11552d1f02433627282090a161718191a25262728292a343536373839
        3a434445464748494a535455565758595a636465666768696a737475767778797a838485
        868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5
        c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa
        """);

    public static JpegCode ColourAc { get; } = new(
        """
        0002010204040304070504040001027700010203110405213106124151076171132232810
        8144291a1b1c109233352f0156272d10a162434e125f11718191a262728292a3536373839
        3a434445464748494a535455565758595a636465666768696a737475767778797a828384
        85868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4
        c5c6c7c8c9cad2d3d4d5d6d7d8d9dae2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8f9fa
        """);

    /// <summary>The steps at a quality, in the order written; the usual scale of the Independent JPEG Group.</summary>
    public static byte[] Quantisation(ReadOnlySpan<byte> steps, int quality)
    {
        int scale = quality < 50 ? 5000 / quality : 200 - (2 * quality);
        byte[] scaled = new byte[steps.Length];
        for (int i = 0; i < scaled.Length; i++)
        {
            scaled[i] = (byte)Math.Clamp(((steps[ZigZag[i]] * scale) + 50) / 100, 1, byte.MaxValue);
        }

        return scaled;
    }
}
