using DiffSeg.Pictures;
using Parquet;
using Parquet.Schema;

namespace DiffSeg.Batches.Masks;

/// <summary>Reads what <see cref="ParquetMasks"/> wrote, every pixel of it.</summary>
internal sealed class ParquetMasksReader(Stream stream) : IMaskSource
{
    private readonly LabelCount _labels = new();
    private IEnumerator<Row>? _rows;

    private readonly record struct Row(int Index, string Image, int Height, int Width, byte[] Mask);

    public MaskFacts? Next()
    {
        try
        {
            _rows ??= Rows().GetEnumerator();
            return _rows.MoveNext() ? Facts(_rows.Current) : null;
        }
        catch (Exception problem) when (problem is not InvalidDataException && !IsOfTheSystem(problem))
        {
            // The library tells damage by exceptions of many kinds.
            throw new InvalidDataException($"it is no Parquet file of masks: {problem.Message}", problem);
        }
    }

    public void Dispose()
    {
        _rows?.Dispose();
        stream.Dispose();
    }

    // What a disk failed with carries the system's own number; what the library makes up has the usual one of its type.
    private static bool IsOfTheSystem(Exception problem) =>
        problem is IOException and not EndOfStreamException && problem.HResult != new IOException().HResult;

    private MaskFacts Facts(Row row)
    {
        using var png = new MemoryStream(row.Mask);
        LabelImage mask = LabelPng.Read(png);
        return (mask.Height, mask.Width) == (row.Height, row.Width)
            ? new MaskFacts(row.Index, row.Image, row.Height, row.Width, _labels.Of(mask.Labels))
            : throw new InvalidDataException($"the mask of image {row.Index} has another size than its row says");
    }

    private IEnumerable<Row> Rows()
    {
        // On a thread of the pool: what the library waits for may want the caller's.
        ParquetReader reader = Task.Run(() => ParquetReader.CreateAsync(stream)).GetAwaiter().GetResult();
        long length = stream.Length;
        for (int group = 0; group < reader.RowGroupCount; group++)
        {
            foreach (Row row in Task.Run(() => Read(reader, group, length)).GetAwaiter().GetResult())
            {
                yield return row;
            }
        }
    }

    private static async Task<Row[]> Read(ParquetReader reader, int group, long fileLength)
    {
        using ParquetRowGroupReader rows = reader.OpenRowGroupReader(group);
        // A row has a picture of its own, which takes more than a byte.
        if (rows.RowCount < 0 || rows.RowCount > fileLength)
        {
            throw new InvalidDataException($"it has {rows.RowCount} rows in {fileLength} bytes");
        }

        int count = checked((int)rows.RowCount);
        int[] indices = new int[count], heights = new int[count], widths = new int[count];
        var images = new string[count];
        var masks = new byte[count][];
        await rows.ReadAsync<int>(Field(ParquetColumns.Index), indices).ConfigureAwait(false);
        await rows.ReadAsync(Field(ParquetColumns.Image), images).ConfigureAwait(false);
        await rows.ReadAsync<int>(Field(ParquetColumns.Height), heights).ConfigureAwait(false);
        await rows.ReadAsync<int>(Field(ParquetColumns.Width), widths).ConfigureAwait(false);
        await rows.ReadAsync(Field(ParquetColumns.Mask), masks).ConfigureAwait(false);
        return [.. Enumerable.Range(0, count).Select(i => new Row(indices[i], images[i], heights[i], widths[i], masks[i]))];

        DataField Field(DataField known) => Array.Find(reader.Schema.DataFields, field => field.Name == known.Name)
            ?? throw new InvalidDataException($"its column '{known.Name}' is missing");
    }
}
