using System.IO.Compression;
using System.Runtime.InteropServices;
using DiffSeg.Batches.Masks;
using DiffSeg.Tests.DataSets;

namespace DiffSeg.Batches.Tests;

/// <summary>Masks that were compressed by different zlibs have the same pixels and other bytes: records and verification tell.</summary>
public sealed class CompressorTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Its_name_changes_with_what_it_makes_of_a_mask()
    {
        byte[] sample = MemoryMarshal.AsBytes(PngCompressor.Sample().AsSpan()).ToArray();

        string[] names = [.. Enum.GetValues<CompressionLevel>().Select(level => PngCompressor.Of(stream =>
        {
            using var zlib = new ZLibStream(stream, level, leaveOpen: true);
            zlib.Write(sample);
        }))];

        Assert.Equal(4, names.Distinct().Count());
        Assert.All(names.Append(PngCompressor.Name), name => Assert.Matches("^zlib-[0-9a-f]{12}$", name));
    }

    [Theory]
    [InlineData(BatchFormat.LabelPngTar, true)]
    [InlineData(BatchFormat.Parquet, true)]
    [InlineData(BatchFormat.CocoRle, false)]
    public void A_record_names_it_where_masks_are_compressed(BatchFormat format, bool compresses)
    {
        SampleBatch.Of(7, format).Run(_folder.Root);
        BatchFolder batch = BatchFolder.OpenExisting(_folder.Root);

        Assert.Equal(compresses ? PngCompressor.Name : null, batch.Done(1)!.Compressor);
        Assert.Equal(compresses ? [PngCompressor.Name] : [], batch.Verify().Compressors);
    }

    [Fact]
    public void Verification_tells_that_chunks_were_compressed_by_different_ones_and_finds_nothing_wrong()
    {
        SampleBatch.Of(7, BatchFormat.LabelPngTar).Run(_folder.Root);
        BatchFolder batch = BatchFolder.OpenExisting(_folder.Root);
        File.WriteAllBytes(_folder["chunk-000001.done"], (batch.Done(1)! with { Compressor = "zlib-z" }).ToBytes());

        BatchVerification found = batch.Verify();

        Assert.True(found.IsSound);
        Assert.Equal([PngCompressor.Name, "zlib-z"], found.Compressors);
    }
}
