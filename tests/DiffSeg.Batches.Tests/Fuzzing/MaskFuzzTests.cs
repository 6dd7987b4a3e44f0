using System.Text;
using DiffSeg.Fuzzing;

namespace DiffSeg.Batches.Tests.Fuzzing;

/// <summary>Files of masks, as somebody changed them.</summary>
public sealed class MaskFuzzTests
{
    // zlib packs a thousand to one at most, and a pixel of one bit becomes a label of sixteen.
    private static readonly FuzzMemory Unpacked = new(4 << 20, 1032 * 50);

    private static readonly string[] Lines = [.. Enumerable.Range(1, 5).Select(masks => Encoding.UTF8.GetString(MaskSeeds.Of(BatchFormat.CocoRle, masks)))];

    [Theory]
    [InlineData(BatchFormat.LabelPngTar)]
    [InlineData(BatchFormat.Parquet)]
    public void Masks_of_a_batch(BatchFormat format)
    {
        byte[][] seeds = [MaskSeeds.Of(format, 1), MaskSeeds.Of(format, 4)];
        new Fuzz($"masks in {format}", random => ByteMutator.Mutate(random, seeds), bytes => MaskSeeds.ReadAll(format, bytes))
        {
            Documented = [typeof(InvalidDataException)],
            Memory = Unpacked,
            Share = format == BatchFormat.Parquet ? 0.2 : 1,
        }.Check();
    }

    [Fact]
    public void COCO_lines_of_a_batch() => new Fuzz("COCO lines", random => TextMutator.Mutate(random, Lines), bytes => MaskSeeds.ReadAll(BatchFormat.CocoRle, bytes))
    {
        Documented = [typeof(InvalidDataException)],
    }.Check();
}
