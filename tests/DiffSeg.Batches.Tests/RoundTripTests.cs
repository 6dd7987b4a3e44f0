using CsCheck;
using DiffSeg.Tests.DataSets;

namespace DiffSeg.Batches.Tests;

public class RoundTripTests
{
    // Any text but the empty one, NUL, and halves of surrogate pairs.
    private static readonly Gen<string> Ids = Gen.OneOf(
        Gen.Char['\u0001', '\ud7ff'].Select(c => c.ToString()),
        Gen.Int[0x10000, 0x10ffff].Select(char.ConvertFromUtf32)).Array[1, 8].Select(string.Concat);

    private static readonly Gen<SampleImage> Images =
        from id in Ids
        from height in Gen.Int[1, 9]
        from width in Gen.Int[1, 9]
        from most in Gen.OneOf(Gen.Const(1), Gen.Const(4), Gen.Const(255), Gen.Const(256), Gen.Const(65535))
        from labels in Gen.UShort[0, (ushort)most].Array[height * width]
        from failure in Gen.OneOf(Gen.Const((string?)null), Gen.Const((string?)null), Ids.Select(text => (string?)$"a{text}b"))
        select new SampleImage(id, height, width, labels, failure);

    private static readonly Gen<SampleBatch> Batches =
        from images in Images.Array[0, 12]
        from size in Gen.Int[1, 5]
        from format in Gen.Enum<BatchFormat>()
        select new SampleBatch(images, format, size);

    [Fact]
    public void Every_image_comes_back_with_its_mask_or_its_reason() => Batches.Sample(
        batch =>
        {
            using var folder = new TestFolder();
            batch.Run(folder.Root);

            BatchFolder read = BatchFolder.OpenExisting(folder.Root);
            BatchRow[] rows = [.. Enumerable.Range(0, read.Plan.ChunkCount).SelectMany(read.Rows)];
            Dictionary<int, (int Height, int Width, ushort[] Labels)> masks = MaskFiles.Read(folder.Root, batch.Options.Format);
            Assert.Equal(batch.Images.Select(image => image.Id), rows.Select(row => row.Image));
            Assert.Equal(Enumerable.Range(0, rows.Length), rows.Select(row => row.Index));
            Assert.Equal(rows.Count(row => row.Failure is null), masks.Count);
            foreach ((SampleImage image, BatchRow row) in batch.Images.Zip(rows))
            {
                Assert.Equal(image.Failure is null, row.Failure is null);
                if (image.Failure is null)
                {
                    Assert.Equal((image.Height, image.Width, image.Labels.Distinct().Count()), (row.Height, row.Width, row.Segments));
                    Assert.Equal((image.Height, image.Width), (masks[row.Index].Height, masks[row.Index].Width));
                    Assert.Equal(image.Labels, masks[row.Index].Labels);
                }
                else
                {
                    Assert.Equal((0, 0, 0), (row.Height, row.Width, row.Segments));
                    Assert.DoesNotContain(row.Failure!, char.IsControl);
                }
            }

            BatchVerification verified = read.Verify();
            Assert.Empty(verified.Problems);
            Assert.Equal(rows.Length, verified.Statistics.Images);
            Assert.Equal(masks.Count, verified.Statistics.Succeeded);
            Assert.Equal(rows.Sum(row => row.Segments), verified.Statistics.Segments);
        },
        iter: 200);

    [Fact]
    public void A_plan_comes_back() => Gen.Select(
        Ids.Array[0, 5], Gen.Int[1, 5000], Gen.Enum<BatchFormat>(), Gen.Select(Ids, Ids).Array[0, 4], Gen.OneOf(Gen.Const((string?)null), Ids.Select(text => (string?)text))).Sample(
        (ids, size, format, settings, model) =>
        {
            BatchPlan plan = BatchPlan.Create(ids, new BatchOptions
            {
                ChunkSize = size,
                Format = format,
                Settings = settings.DistinctBy(pair => pair.Item1).ToDictionary(pair => pair.Item1, pair => pair.Item2),
                Model = model,
                ModelSha256 = model,
            });

            BatchPlan read = PlanFile.Read(PlanFile.Bytes(plan));

            Assert.Equal(plan.Sha256, read.Sha256);
            Assert.Equal(plan.SettingsSha256, read.SettingsSha256);
            Assert.Equal(plan.Settings, read.Settings);
            Assert.Equal((plan.ImageCount, plan.ChunkSize, plan.Format, plan.Model), (read.ImageCount, read.ChunkSize, read.Format, read.Model));
            Assert.Empty(plan.DifferencesFrom(read));
        });
}
