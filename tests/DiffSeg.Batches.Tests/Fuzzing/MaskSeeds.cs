using DiffSeg.Batches.Masks;

namespace DiffSeg.Batches.Tests.Fuzzing;

/// <summary>Files of masks as batches write them.</summary>
internal static class MaskSeeds
{
    /// <summary>A file with so many masks.</summary>
    public static byte[] Of(BatchFormat format, int masks)
    {
        using var file = new MemoryStream();
        using (IMaskSink sink = MaskFile.Sink(format, file))
        {
            for (int i = 0; i < masks; i++)
            {
                (int height, int width) = (3 + i, 8 - i);
                sink.Add(i, $"photos/{i}.jpg", [.. Enumerable.Range(0, height * width).Select(pixel => (ushort)(pixel / 5 % 3 * (i + 1)))], height, width);
            }

            sink.Finish();
        }

        return file.ToArray();
    }

    /// <summary>Reads a file to its end.</summary>
    public static void ReadAll(BatchFormat format, byte[] bytes)
    {
        using IMaskSource source = MaskFile.Source(format, new MemoryStream(bytes));
        while (source.Next() is not null)
        {
        }
    }
}
