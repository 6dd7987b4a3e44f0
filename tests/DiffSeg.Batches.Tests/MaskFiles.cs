using System.Formats.Tar;
using System.Text.Json;
using DiffSeg.Pictures;
using Parquet;

namespace DiffSeg.Batches.Tests;

/// <summary>Reads the masks of chunks as somebody would who knows the formats and not this library's readers of them.</summary>
internal static class MaskFiles
{
    public static Dictionary<int, (int Height, int Width, ushort[] Labels)> Read(string folder, BatchFormat format) =>
        format switch
        {
            BatchFormat.LabelPngTar => Tars(folder),
            BatchFormat.CocoRle => Lines(folder),
            _ => Tables(folder),
        };

    private static Dictionary<int, (int Height, int Width, ushort[] Labels)> Tars(string folder)
    {
        var masks = new Dictionary<int, (int Height, int Width, ushort[] Labels)>();
        foreach (string path in Directory.GetFiles(folder, "chunk-*.tar"))
        {
            using var tar = new TarReader(File.OpenRead(path));
            while (tar.GetNextEntry() is { } entry)
            {
                LabelImage mask = LabelPng.Read(entry.DataStream!);
                masks.Add(int.Parse(Path.GetFileNameWithoutExtension(entry.Name)), (mask.Height, mask.Width, mask.Labels.ToArray()));
            }
        }

        return masks;
    }

    private static Dictionary<int, (int Height, int Width, ushort[] Labels)> Tables(string folder)
    {
        var masks = new Dictionary<int, (int Height, int Width, ushort[] Labels)>();
        foreach (string path in Directory.GetFiles(folder, "chunk-*.parquet"))
        {
            using var file = new MemoryStream(File.ReadAllBytes(path));
            ParquetReader reader = ParquetReader.CreateAsync(file).GetAwaiter().GetResult();
            for (int group = 0; group < reader.RowGroupCount; group++)
            {
                using ParquetRowGroupReader rows = reader.OpenRowGroupReader(group);
                var indices = new int[rows.RowCount];
                var pngs = new byte[rows.RowCount][];
                rows.ReadAsync<int>(reader.Schema.DataFields.Single(field => field.Name == "index"), indices).AsTask().GetAwaiter().GetResult();
                rows.ReadAsync(reader.Schema.DataFields.Single(field => field.Name == "mask"), pngs).AsTask().GetAwaiter().GetResult();
                foreach ((int index, byte[] png) in indices.Zip(pngs))
                {
                    LabelImage mask = LabelPng.Read(new MemoryStream(png));
                    masks.Add(index, (mask.Height, mask.Width, mask.Labels.ToArray()));
                }
            }
        }

        return masks;
    }

    private static Dictionary<int, (int Height, int Width, ushort[] Labels)> Lines(string folder)
    {
        var masks = new Dictionary<int, (int Height, int Width, ushort[] Labels)>();
        foreach (string text in Directory.GetFiles(folder, "chunk-*.coco.jsonl").SelectMany(File.ReadLines))
        {
            using JsonDocument line = JsonDocument.Parse(text);
            (int height, int width) = (line.RootElement.GetProperty("height").GetInt32(), line.RootElement.GetProperty("width").GetInt32());
            var labels = new ushort[height * width];
            foreach (JsonElement segment in line.RootElement.GetProperty("segments").EnumerateArray())
            {
                string counts = segment.GetProperty("segmentation").GetProperty("counts").GetString()!;
                byte[] inside = CocoRle.Parse(counts, height, width).Decode();
                for (int i = 0; i < labels.Length; i++)
                {
                    labels[i] += (ushort)(inside[i] * segment.GetProperty("segment_id").GetInt32());
                }
            }

            masks.Add(line.RootElement.GetProperty("index").GetInt32(), (height, width, labels));
        }

        return masks;
    }
}
