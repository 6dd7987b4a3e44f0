using DiffSeg.Batches.Tests.Fuzzing;

namespace DiffSeg.Batches.Tests;

/// <summary>Damage that the libraries beneath tell in ways of their own is told as all other damage.</summary>
public sealed class DamagedMasksTests
{
    [Fact]
    public void A_time_beyond_all_times_is_damage()
    {
        // A number with its first bit set is no octal text but 11 bytes of a number.
        byte[] tar = MaskSeeds.Of(BatchFormat.LabelPngTar, 1);
        tar[136] = 0x80;
        tar.AsSpan(137, 11).Fill(0xFF);

        Assert.Contains("no tar", Refused(BatchFormat.LabelPngTar, tar), StringComparison.Ordinal);
    }

    [Fact]
    public void A_length_beyond_all_files_is_damage()
    {
        byte[] tar = MaskSeeds.Of(BatchFormat.LabelPngTar, 2);
        "77777777777\0"u8.CopyTo(tar.AsSpan(124));

        Refused(BatchFormat.LabelPngTar, tar);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    public void A_table_that_lacks_its_beginning_is_damage(int bytes) =>
        Assert.Contains("no Parquet file", Refused(BatchFormat.Parquet, MaskSeeds.Of(BatchFormat.Parquet, 3)[bytes..]), StringComparison.Ordinal);

    private static string Refused(BatchFormat format, byte[] file) =>
        Assert.Throws<InvalidDataException>(() => MaskSeeds.ReadAll(format, file)).Message;
}
