using System.Text;
using DiffSeg.Fuzzing;

namespace DiffSeg.Batches.Tests.Fuzzing;

/// <summary>Files of masks, as somebody changed them.</summary>
public sealed class MaskFuzzTests
{
    // zlib packs a thousand to one at most, and a pixel of one bit becomes a label of sixteen.
    private static readonly FuzzMemory Unpacked = new(4 << 20, 1032 * 50);

    private static readonly string[] Lines = [.. Enumerable.Range(1, 5).Select(masks => Encoding.UTF8.GetString(MaskSeeds.Of(BatchFormat.CocoRle, masks)))];

    // Not Parquet: after ten thousand damaged tables the process died of a segmentation fault on a thread of the pool, where its
    // library decodes. A batch decodes only tables whose SHA-256 is that of its record (ChunkVerification).
    [Fact]
    public void Tars_of_a_batch()
    {
        byte[][] seeds = [MaskSeeds.Of(BatchFormat.LabelPngTar, 1), MaskSeeds.Of(BatchFormat.LabelPngTar, 4)];
        new Fuzz("masks in LabelPngTar", random => ByteMutator.Mutate(random, seeds), bytes => MaskSeeds.ReadAll(BatchFormat.LabelPngTar, bytes))
        {
            Documented = [typeof(InvalidDataException)],
            Memory = Unpacked,
        }.Check();
    }

    [Fact]
    public void COCO_lines_of_a_batch() => new Fuzz("COCO lines", random => TextMutator.Mutate(random, Lines), bytes => MaskSeeds.ReadAll(BatchFormat.CocoRle, bytes))
    {
        Documented = [typeof(InvalidDataException)],
    }.Check();
}
