using DiffSeg.AspNetCore.Pool;
using DiffSeg.AspNetCore.Tests.Support;
using DiffSeg.MLNet;
using DiffSeg.MLNet.Tests.Support;
using DiffSeg.Onnx;
using DiffSeg.Pictures;
using Microsoft.ML;

namespace DiffSeg.AspNetCore.Tests.Pool;

/// <summary>What a pool answers, on a real model.</summary>
public sealed class SegmentationPoolTests : IDisposable
{
    private readonly SmallModel _small = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _small.Dispose();

    [Fact]
    public async Task Mask_is_that_of_an_encoder()
    {
        using TestPool test = Real();
        byte[] png = TestPictures.Png(1);
        (ushort[] expected, DiffSegOptions usual) = ByEncoder(_small.Model, png, null);

        Segmentation fromBytes = await test.Pool.SegmentAsync(png, cancellationToken: Stop);
        using var stream = new MemoryStream(png);
        Segmentation fromStream = await test.Pool.SegmentAsync(stream, cancellationToken: Stop);

        Assert.Equal((40, 60), (fromBytes.Height, fromBytes.Width));
        Assert.Equal(expected, fromBytes.Labels.ToArray());
        Assert.Equal(expected, fromStream.Labels.ToArray());
        Assert.Equal((40, 60), (fromBytes.Picture!.Height, fromBytes.Picture.Width));
        Assert.Equal(usual, test.Pool.Options);
    }

    [Fact]
    public async Task Settings_of_a_picture_count_for_it_alone()
    {
        using TestPool test = Real();
        byte[] png = TestPictures.Png(1);
        DiffSegOptions coarse = test.Pool.Options with { KlThreshold = 50 };

        Segmentation one = await test.Pool.SegmentAsync(png, coarse, Stop);
        Segmentation usual = await test.Pool.SegmentAsync(png, cancellationToken: Stop);

        Assert.Equal(1, one.SegmentCount);
        Assert.Equal(ByEncoder(_small.Model, png, coarse).Labels, one.Labels.ToArray());
        Assert.True(usual.SegmentCount > 1);
    }

    [Fact]
    public async Task Sixteen_threads_get_what_one_gets()
    {
        const int Threads = 16, Each = 6;
        byte[][] pictures = [.. Enumerable.Range(0, 4).Select(number => TestPictures.Png(number, 30 + number, 50 - number))];
        using TestPool test = Real(workers: 4, queue: Threads * Each);
        DiffSegOptions[] settings = [test.Pool.Options with { AnchorsPerSide = 8 }, test.Pool.Options with { AnchorsPerSide = 6, KlThreshold = 0.3f, MinRegionShare = 0.01 }];
        ushort[][] expected = [.. Cases().Select(pair => ByEncoder(_small.Model, pair.Picture, pair.Options).Labels)];

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(
            async () =>
            {
                foreach (int round in Enumerable.Range(0, Each))
                {
                    int index = (thread + round) % expected.Length;
                    (byte[] picture, DiffSegOptions options) = Cases().ElementAt(index);
                    Segmentation mask = await test.Pool.SegmentAsync(picture, options, Stop);
                    Assert.Equal(expected[index], mask.Labels.ToArray());
                }
            },
            Stop)));

        IEnumerable<(byte[] Picture, DiffSegOptions Options)> Cases() =>
            from picture in pictures from options in settings select (picture, options);
    }

    [Theory]
    [InlineData("", PictureFault.Empty)]
    [InlineData("a text", PictureFault.Unsupported)]
    public async Task No_picture_is_refused(string text, PictureFault fault)
    {
        using TestPool test = Real();
        PictureRefusedException refused = await Refused(test.Pool, System.Text.Encoding.UTF8.GetBytes(text));
        Assert.Equal(fault, refused.Fault);
        Assert.StartsWith("The picture is ", refused.Message);
    }

    [Fact]
    public async Task Bad_pictures_are_refused_and_the_pool_goes_on()
    {
        using TestPool test = Real();
        byte[] png = TestPictures.Png(1);

        Assert.Equal(PictureFault.CutOff, (await Refused(test.Pool, png[..^30])).Fault);
        Assert.Equal(PictureFault.Damaged, (await Refused(test.Pool, TestPictures.Damaged())).Fault);
        Assert.Equal(PictureFault.TooLarge, (await Refused(test.Pool, TestPictures.Bomb(10_000, 10_000))).Fault);

        Assert.Equal(0, test.Pool.Faults);
        Assert.Equal(2, (await test.Pool.SegmentAsync(TestPictures.Png(0), cancellationToken: Stop)).SegmentCount);
    }

    [Fact]
    public async Task Stream_is_read_no_further_than_the_limit()
    {
        using TestPool test = Real(options: new() { Model = _small.Model, Limits = new() { MaxFileBytes = 100_000 } });
        using var endless = new EndlessStream();

        PictureRefusedException refused = await Assert.ThrowsAsync<PictureRefusedException>(() => test.Pool.SegmentAsync(endless, cancellationToken: Stop));

        Assert.Equal(PictureFault.TooLarge, refused.Fault);
        Assert.Equal(100_001, endless.Given);
    }

    [Fact]
    public async Task More_anchors_than_tokens_are_an_argument_that_is_wrong()
    {
        using TestPool test = Real();
        await Assert.ThrowsAnyAsync<ArgumentException>(
            () => test.Pool.SegmentAsync(TestPictures.Png(0), test.Pool.Options with { AnchorsPerSide = 17 }, Stop));
    }

    [Fact]
    public void Model_that_merges_in_its_graph_is_refused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("merged.onnx"), DemoAttentionModel.Build(new FirstMerge { AnchorsPerSide = 8 }));
        Assert.Throws<NotSupportedException>(() => new ModelSegmenter(new() { Model = AttentionModel.Load(folder.File("merged.onnx")) }));
    }

    private TestPool Real(int workers = 2, int queue = 4, SegmentationServiceOptions? options = null)
    {
        options ??= new() { Model = _small.Model };
        return new TestPool(new ModelSegmenter(options), workers, queue, options);
    }

    private static Task<PictureRefusedException> Refused(SegmentationPool pool, byte[] picture) =>
        Assert.ThrowsAsync<PictureRefusedException>(() => pool.SegmentAsync(picture, cancellationToken: Stop));

    private static (ushort[] Labels, DiffSegOptions Options) ByEncoder(AttentionModel model, byte[] png, DiffSegOptions? options)
    {
        using AttentionEncoder encoder = new MLContext().Segmentation().LoadEncoder(model);
        using var stream = new MemoryStream(png);
        using SegmentationSession session = encoder.Encode(stream, Stop);
        return (session.Segment(options, cancellationToken: Stop).Labels.ToArray(), session.Options);
    }

    private sealed class EndlessStream : MemoryStream
    {
        public long Given { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Given += buffer.Length;
            return ValueTask.FromResult(buffer.Length);
        }
    }
}
