using DiffSeg.Pictures;
using Parquet;

namespace DiffSeg.Batches.Masks;

/// <summary>
/// A Parquet file with a row per mask. A row group is kept until it has so many rows or bytes; these, not the chunk, bound
/// the memory.
/// </summary>
/// <remarks>The stream's writes end when they return, so that waiting for the writer never waits for another thread.</remarks>
internal sealed class ParquetMasks : IMaskSink
{
    internal const int RowsPerGroup = 256;
    private const long BytesPerGroup = 8 << 20;

    private readonly ParquetWriter _writer;
    private readonly List<int> _indices = [], _heights = [], _widths = [];
    private readonly List<string> _images = [];
    private readonly List<byte[]> _masks = [];
    private readonly MemoryStream _png = new();
    private long _bytes;

    public ParquetMasks(Stream stream)
    {
        // PNGs do not get smaller, and the bytes must not depend on a compressor's version.
        var options = new ParquetOptions { CompressionMethod = CompressionMethod.None };
        _writer = ParquetWriter.CreateAsync(ParquetColumns.Schema, stream, options).GetAwaiter().GetResult();
    }

    public void Add(int index, string image, ReadOnlySpan<ushort> labels, int height, int width)
    {
        _png.SetLength(0);
        LabelPng.Write(_png, labels, height, width);
        _indices.Add(index);
        _images.Add(image);
        _heights.Add(height);
        _widths.Add(width);
        _masks.Add(_png.ToArray());
        _bytes += _png.Length;
        if (_masks.Count == RowsPerGroup || _bytes >= BytesPerGroup)
        {
            WriteGroup().GetAwaiter().GetResult();
        }
    }

    public void Finish()
    {
        if (_masks.Count > 0)
        {
            WriteGroup().GetAwaiter().GetResult();
        }

        _writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    // What the writer of the table would add belongs to a whole one only.
    public void Dispose() => _png.Dispose();

    private async Task WriteGroup()
    {
        using (ParquetRowGroupWriter group = _writer.CreateRowGroup())
        {
            await group.WriteAsync<int>(ParquetColumns.Index, _indices.ToArray()).ConfigureAwait(false);
            await group.WriteAsync(ParquetColumns.Image, _images).ConfigureAwait(false);
            await group.WriteAsync<int>(ParquetColumns.Height, _heights.ToArray()).ConfigureAwait(false);
            await group.WriteAsync<int>(ParquetColumns.Width, _widths.ToArray()).ConfigureAwait(false);
            await group.WriteAsync(ParquetColumns.Mask, _masks).ConfigureAwait(false);
        }

        _indices.Clear();
        _images.Clear();
        _heights.Clear();
        _widths.Clear();
        _masks.Clear();
        _bytes = 0;
    }
}
