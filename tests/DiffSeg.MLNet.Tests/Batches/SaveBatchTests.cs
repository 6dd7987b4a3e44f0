using DiffSeg.Batches;
using DiffSeg.MLNet.Tests.Support;
using Microsoft.ML;

namespace DiffSeg.MLNet.Tests.Batches;

public sealed class SaveBatchTests : IDisposable
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<BatchFormat> Formats => [BatchFormat.LabelPngTar, BatchFormat.CocoRle];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Formats))]
    public void Every_row_has_its_mask_or_its_reason(BatchFormat format)
    {
        BatchStatistics statistics = Save(_folder.Path, 10, new() { Batch = new() { ChunkSize = 4, Format = format } });

        BatchFolder folder = BatchFolder.OpenExisting(_folder.Path);
        BatchRow[] rows = [.. Enumerable.Range(0, 3).SelectMany(folder.Rows)];
        Assert.True(IsSound(_folder.Path));
        Assert.Equal(Enumerable.Range(0, 10).Select(index => $"photos/{index}.jpg"), rows.Select(row => row.Image));
        Assert.Equal(["photos/2.jpg", "photos/6.jpg"], rows.Where(row => row.Failure == "The file is cut off.").Select(row => row.Image));
        Assert.Equal((4, 5, 3), (rows[1].Height, rows[1].Width, rows[1].Segments));
        Assert.Equal((3, 10, 8, 2), (statistics.Chunks, statistics.Images, statistics.Succeeded, statistics.Failed));
    }

    [Fact]
    public void A_size_that_the_type_tells_and_other_names_are_taken()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 3).Select(index => new SizedMaskRow { Id = $"{index}" }));

        Save(data, _folder.Path, new() { ImageColumn = "Id", MaskColumn = "Labels" });

        Assert.True(IsSound(_folder.Path));
        Assert.Equal(
            [new BatchRow(0, "0", 2, 3, 2, null), new BatchRow(1, "1", 2, 3, 2, null), new BatchRow(2, "2", 2, 3, 2, null)],
            BatchFolder.OpenExisting(_folder.Path).Rows(0));
    }

    [Fact]
    public void Stopped_and_started_again_it_asks_only_for_what_is_missing_and_the_bytes_are_the_same()
    {
        BatchSavingOptions options = new() { Batch = new() { ChunkSize = 4 } };
        Save(_folder.File("whole"), 14, options);
        int asked = 0;
        using var stop = new CancellationTokenSource();
        IDataView data = SavedRow.View(_ml, 14, asked: () => asked++);
        var told = new Told(progress =>
        {
            if (progress.Done == 6)
            {
                stop.Cancel();
            }
        });

        Assert.Throws<OperationCanceledException>(
            () => _ml.Segmentation().SaveBatch(data, _folder.File("stopped"), options, told, stop.Token));
        Assert.Equal(["batch.json", "chunk-000000.done", "chunk-000000.status.jsonl", "chunk-000000.tar"], Files(_folder.File("stopped")).Keys);

        asked = 0;
        Save(data, _folder.File("stopped"), options);

        // Rows 4 to 13, of which 6 and 10 have a reason.
        Assert.Equal(8, asked);
        Assert.Equal(Files(_folder.File("whole")), Files(_folder.File("stopped")));

        asked = 0;
        Assert.Equal(14, Save(data, _folder.File("stopped"), options).Images);
        Assert.Equal(0, asked);
    }

    [Fact]
    public void Rows_of_done_chunks_do_not_go_through_the_steps_before()
    {
        BatchSavingOptions options = new() { Batch = new() { ChunkSize = 3 } };
        var upstream = new Upstream(_ml);
        IDataView data = _ml.Transforms.CustomMapping<Upstream.Number, Named>((from, to) => to.ImagePath = $"{from.Index}.jpg", null)
            .Fit(upstream.Data(9)).Transform(upstream.Data(9));
        IDataView masks = _ml.Transforms.DiffSegMask("Mask", ["Attention"], options: new() { Size = new(16, 16) }).Fit(data).Transform(data);
        Save(masks, _folder.Path, options);
        Assert.Equal(9, upstream.Made);

        File.Delete(_folder.File("chunk-000001.tar"));
        BatchStatistics statistics = Save(masks, _folder.Path, options);

        Assert.Equal(12, upstream.Made);
        Assert.Equal((9, 0), (statistics.Succeeded, statistics.Failed));
        Assert.True(IsSound(_folder.Path));
    }

    [Fact]
    public void Shards_together_are_one_run()
    {
        BatchSavingOptions options = new() { Batch = new() { ChunkSize = 2 } };
        Save(_folder.File("one"), 13, options);
        BatchStatistics[] parts =
        [
            .. Enumerable.Range(1, 3).Reverse().Select(shard => Save(_folder.File("three"), 13, options with { Shard = shard, Shards = 3 })),
        ];

        Assert.Equal(Files(_folder.File("one")), Files(_folder.File("three")));
        Assert.Equal([4, 4, 5], parts.Select(part => part.Images));
    }

    [Fact]
    public void Progress_counts_what_was_done_before()
    {
        BatchSavingOptions options = new() { Batch = new() { ChunkSize = 4 } };
        Save(_folder.Path, 10, options with { Shard = 1, Shards = 2 });
        List<BatchProgress> told = [];

        Save(_folder.Path, 10, options, new Told(told.Add));

        Assert.Equal(
            [new(10, 6, 0), new(10, 7, 0), new(10, 8, 0), new(10, 9, 1), new(10, 10, 1)],
            told);
    }

    [Fact]
    public void A_row_without_mask_or_reason_is_an_error_that_names_it_and_chunks_before_stay()
    {
        BareMaskRow[] rows = [.. Enumerable.Range(0, 5).Select(index => new BareMaskRow { ImagePath = $"{index}.jpg", Mask = [1, 2], MaskHeight = 1, MaskWidth = 2 })];
        rows[3].Mask = [1];
        BatchSavingOptions options = new() { Batch = new() { ChunkSize = 2 } };

        InvalidDataException problem = Assert.Throws<InvalidDataException>(
            () => Save(_ml.Data.LoadFromEnumerable(rows), _folder.Path, options));

        Assert.Contains("Row 3 ('3.jpg') cannot be saved: the mask in 'Mask' has 1 labels, but 1 x 2 are expected", problem.Message);
        Assert.Equal(2, BatchFolder.OpenExisting(_folder.Path).Statistics().Images);
        Assert.DoesNotContain(Files(_folder.Path).Keys, name => name.StartsWith('.'));

        rows[3].Mask = [1, 1];
        Assert.Equal(5, Save(_ml.Data.LoadFromEnumerable(rows), _folder.Path, options).Images);
    }

    [Fact]
    public void A_column_of_another_type_named_like_a_status_is_none()
    {
        IDataView data = _ml.Data.LoadFromEnumerable([new NumberedRow { ImagePath = "a.jpg", Mask = [0, 1], MaskHeight = 1, MaskWidth = 2, MaskStatus = 7 }]);

        Assert.Equal(1, Save(data, _folder.Path).Succeeded);
        Assert.Throws<ArgumentOutOfRangeException>(() => Save(data, _folder.Path, new() { StatusColumn = "MaskStatus" }));
    }

    [Fact]
    public void A_row_without_id_is_an_error_that_names_it()
    {
        IDataView data = _ml.Data.LoadFromEnumerable([new SizedMaskRow { Id = "a" }, new SizedMaskRow()]);

        InvalidDataException problem = Assert.Throws<InvalidDataException>(
            () => Save(data, _folder.Path, new() { ImageColumn = "Id", MaskColumn = "Labels" }));

        Assert.Contains("Row 1 cannot be saved: its id in 'Id' is empty", problem.Message);
    }

    [Fact]
    public void Data_that_gives_fewer_rows_the_second_time_is_refused()
    {
        int reads = 0;
        IDataView data = _ml.Data.LoadFromEnumerable(Rows());

        InvalidOperationException problem = Assert.Throws<InvalidOperationException>(
            () => Save(data, _folder.Path, new() { ImageColumn = "Id", MaskColumn = "Labels" }));

        Assert.Contains("had 3 rows", problem.Message);

        IEnumerable<SizedMaskRow> Rows()
        {
            reads++;
            for (int index = 0; index < 4 - reads; index++)
            {
                yield return new SizedMaskRow { Id = $"{index}" };
            }
        }
    }

    [Fact]
    public void Data_that_gives_other_rows_the_second_time_is_refused_and_chunks_before_them_stay()
    {
        int reads = 0;
        IDataView data = _ml.Data.LoadFromEnumerable(Rows());

        InvalidOperationException problem = Assert.Throws<InvalidOperationException>(
            () => Save(data, _folder.Path, new() { ImageColumn = "Id", MaskColumn = "Labels", Batch = new() { ChunkSize = 2 } }));

        Assert.Contains("Chunk 1 was given other images than were planned", problem.Message);
        Assert.Equal(["batch.json", "chunk-000000.done", "chunk-000000.status.jsonl", "chunk-000000.tar"], Files(_folder.Path).Keys);

        // A photo that came into the folder in between.
        IEnumerable<SizedMaskRow> Rows()
        {
            reads++;
            string[] ids = reads == 1 ? ["a", "b", "d", "e"] : ["a", "b", "c", "d", "e"];
            foreach (string id in ids)
            {
                yield return new SizedMaskRow { Id = id };
            }
        }
    }

    [Fact]
    public void Stopped_at_the_last_row_of_a_chunk_the_chunk_is_done()
    {
        using var stop = new CancellationTokenSource();
        var told = new Told(progress =>
        {
            if (progress.Done == 4)
            {
                stop.Cancel();
            }
        });

        Assert.Throws<OperationCanceledException>(() => _ml.Segmentation().SaveBatch(
            SavedRow.View(_ml, 10), _folder.Path, new() { Batch = new() { ChunkSize = 4 } }, told, stop.Token));

        Assert.Equal(4, BatchFolder.OpenExisting(_folder.Path).Statistics().Images);
    }

    [Fact]
    public void Other_settings_are_refused_unless_it_is_to_be_overwritten()
    {
        BatchSavingOptions options = new() { Batch = new() { ChunkSize = 4 } };
        Save(_folder.Path, 10, options);
        BatchSavingOptions others = options with
        {
            Batch = options.Batch with { Settings = new Dictionary<string, string> { ["threshold"] = "2" } },
        };

        Assert.Contains("setting 'threshold'", Assert.Throws<BatchFolderException>(() => Save(_folder.Path, 10, others)).Message);
        Save(_folder.Path, 10, others with { Overwrite = true });
        Assert.True(IsSound(_folder.Path));
    }

    [Fact]
    public void A_chunk_that_another_process_writes_is_refused()
    {
        BatchSavingOptions options = new() { Batch = new() { ChunkSize = 4 } };
        Save(_folder.Path, 10, options with { Shard = 1, Shards = 2 });
        using ChunkWriter other = BatchFolder.OpenExisting(_folder.Path).Begin(1);

        Assert.Throws<BatchBusyException>(() => Save(_folder.Path, 10, options));
    }

    [Fact]
    public void What_cannot_be_is_refused_before_a_row_is_read()
    {
        int asked = 0;
        IDataView data = SavedRow.View(_ml, 3, asked: () => asked++);

        foreach (BatchSavingOptions options in new BatchSavingOptions[]
        {
            new() { ImageColumn = "None" }, new() { ImageColumn = "Mask" }, new() { MaskColumn = "MaskHeight" }, new() { StatusColumn = "MaskWidth" },
            new() { StatusColumn = "None" }, new() { Shard = 0 }, new() { Shard = 2 }, new() { Shards = 0 }, new() { Batch = new() { ChunkSize = 0 } },
        })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => Save(data, _folder.Path, options));
        }

        Assert.Throws<ArgumentNullException>(() => Save(null!, _folder.Path));
        Assert.Throws<ArgumentException>(() => Save(data, ""));
        Assert.Equal(0, asked);
        Assert.Empty(Files(_folder.Path));
    }

    private BatchStatistics Save(string folder, int rows, BatchSavingOptions options, IProgress<BatchProgress>? progress = null) =>
        Save(SavedRow.View(_ml, rows), folder, options, progress);

    private BatchStatistics Save(IDataView data, string folder, BatchSavingOptions? options = null, IProgress<BatchProgress>? progress = null) =>
        _ml.Segmentation().SaveBatch(data, folder, options, progress, TestContext.Current.CancellationToken);

    private static bool IsSound(string folder) =>
        BatchFolder.OpenExisting(folder).Verify(null, TestContext.Current.CancellationToken).IsSound;

    private static SortedDictionary<string, string> Files(string folder) => new(
        Directory.GetFiles(folder).ToDictionary(path => Path.GetFileName(path), path => Convert.ToHexString(File.ReadAllBytes(path))),
        StringComparer.Ordinal);

    private sealed class Told(Action<BatchProgress> report) : IProgress<BatchProgress>
    {
        public void Report(BatchProgress value) => report(value);
    }

    internal sealed class NumberedRow : SegmentedImage
    {
        public int MaskStatus { get; set; }
    }

    internal sealed class Named
    {
        public string ImagePath { get; set; } = "";
    }
}
