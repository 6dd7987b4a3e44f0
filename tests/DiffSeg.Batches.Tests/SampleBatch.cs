using System.Globalization;
using DiffSeg.Batches.Files;

namespace DiffSeg.Batches.Tests;

/// <summary>An image of a batch that is made up: a mask, or a reason.</summary>
internal sealed record SampleImage(string Id, int Height, int Width, ushort[] Labels, string? Failure = null);

/// <summary>A small batch: the same images and masks each time, some of them failures.</summary>
internal sealed class SampleBatch
{
    public SampleBatch(IReadOnlyList<SampleImage> images, BatchFormat format, int chunkSize)
    {
        Images = images;
        Options = new BatchOptions { ChunkSize = chunkSize, Format = format, Settings = new Dictionary<string, string> { ["mask size"] = "input" }, ToolVersion = "test 1" };
        Plan = BatchPlan.Create(images.Select(image => image.Id), Options);
    }

    public static TheoryData<BatchFormat> Formats => [.. Enum.GetValues<BatchFormat>()];

    public IReadOnlyList<SampleImage> Images { get; }

    public BatchOptions Options { get; }

    public BatchPlan Plan { get; }

    /// <summary>Every fourth image fails; the masks differ in size and numbers of labels.</summary>
    public static SampleBatch Of(int images, BatchFormat format, int chunkSize = 3) =>
        new([.. Enumerable.Range(0, images).Select(Image)], format, chunkSize);

    /// <summary>Does what is not done.</summary>
    public void Run(string path, int shard = 1, int shards = 1, bool overwrite = false, FileOperations? files = null)
    {
        BatchFolder folder = BatchFolder.Open(path, Plan, overwrite, files ?? FileOperations.Real);
        foreach (int chunk in Plan.ChunksOf(shard, shards).Where(chunk => folder.Done(chunk) is null))
        {
            Write(folder, chunk);
        }
    }

    public ChunkRecord Write(BatchFolder folder, int chunk)
    {
        using ChunkWriter writer = folder.Begin(chunk);
        foreach (SampleImage image in Images.Skip(writer.Range.First).Take(writer.Range.Count))
        {
            Add(writer, image);
        }

        return writer.Complete();
    }

    public static void Add(ChunkWriter writer, SampleImage image)
    {
        if (image.Failure is { } reason)
        {
            writer.AddFailure(image.Id, reason);
        }
        else
        {
            writer.Add(image.Id, image.Labels, image.Height, image.Width);
        }
    }

    /// <summary>Every file with its bytes.</summary>
    public static SortedDictionary<string, string> Bytes(string folder) => new(
        Directory.GetFiles(folder).ToDictionary(path => Path.GetFileName(path), path => Convert.ToHexString(File.ReadAllBytes(path))),
        StringComparer.Ordinal);

    private static SampleImage Image(int index)
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"photos/häuser {index} <'\"\\>.jpg");
        if (index % 4 == 2)
        {
            return new SampleImage(id, 0, 0, [], $"'photo {index}.jpg' is cut off after {index} bytes. Copy it again.");
        }

        (int height, int width) = (3 + (index % 5), 4 + (index % 3));
        ushort[] labels = [.. Enumerable.Range(0, height * width).Select(i => (ushort)(i / 3 % (2 + index) * (index == 5 ? 300 : 1)))];
        return new SampleImage(id, height, width, labels);
    }
}
