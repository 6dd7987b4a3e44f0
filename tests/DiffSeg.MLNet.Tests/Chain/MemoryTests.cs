using System.Globalization;
using DiffSeg.MLNet.Tests.Data;
using DiffSeg.MLNet.Tests.Support;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Tests.Chain;

/// <summary>Row after row through the demo model, in a process of its own: the process does not grow.</summary>
public sealed class MemoryTests
{
    private const int MiB = 1 << 20;

    [Theory]
    [InlineData("fresh")]
    [InlineData("loaded")]
    [InlineData("onnx")]
    public void Sixty_four_rows_do_not_grow_the_process(string model)
    {
        using var folder = new TemporaryFolder();
        for (int i = 0; i < 4; i++)
        {
            using MLImage picture = TestData.Picture(300 + (100 * i), 700 - (100 * i), TestData.Regions(i));
            picture.Save(folder.File($"{i}.jpg"));
        }

        string[] lines = FreshProcess.Measure(model, folder.Path);

        // Resident and managed bytes after each round of 8 rows; the first two rounds are the warm-up.
        long[][] rounds = [.. lines.Select(line => line.Split(' ').Select(n => long.Parse(n, CultureInfo.InvariantCulture)).ToArray())];
        TestContext.Current.TestOutputHelper!.WriteLine(string.Join(Environment.NewLine, lines));
        Assert.Equal(8, rounds.Length);
        Assert.InRange(rounds[^1][1] - rounds[1][1], long.MinValue, 16 * MiB);
        Assert.InRange(rounds[^1][0] - rounds[1][0], long.MinValue, 200 * MiB);
    }
}
