namespace DiffSeg.Batches.Masks;

/// <summary>The writers and readers of the formats.</summary>
internal static class MaskFile
{
    /// <summary>Writes masks into a stream, which stays open.</summary>
    /// <param name="format">The format.</param>
    /// <param name="stream">Where to.</param>
    public static IMaskSink Sink(BatchFormat format, Stream stream) => format switch
    {
        BatchFormat.LabelPngTar => new LabelPngTar(stream),
        BatchFormat.CocoRle => new CocoLines(stream),
        _ => new ParquetMasks(stream),
    };

    /// <summary>Reads masks from a stream, which is closed with the reader.</summary>
    /// <param name="format">The format.</param>
    /// <param name="stream">Where from.</param>
    public static IMaskSource Source(BatchFormat format, Stream stream) => format switch
    {
        BatchFormat.LabelPngTar => new LabelPngTarReader(stream),
        BatchFormat.CocoRle => new CocoLinesReader(stream),
        _ => new ParquetMasksReader(stream),
    };

    /// <summary>What this process compresses masks with; null for a format that does not compress.</summary>
    /// <param name="format">The format.</param>
    public static string? Compressor(BatchFormat format) => format == BatchFormat.CocoRle ? null : PngCompressor.Name;
}
