using DiffSeg.Cli.Segmenting;
using DiffSeg.Cli.Tests.Support;
using DiffSeg.MLNet;

namespace DiffSeg.Cli.Tests.CommandLine;

public sealed class SegmentOptionTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public SegmentOptionTests() => _folder.Touch("a.jpg");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Defaults_are_those_of_the_help()
    {
        SegmentRequest request = await Request();

        Assert.Equal(["a.jpg"], request.Input.Inputs);
        Assert.False(request.Input.Recursive);
        Assert.Equal(("demo", null, null), (request.Model.Model, request.Model.Gpu, request.Model.Threads));
        Assert.Null(request.Mask.KlThreshold);
        Assert.Equal((16, 3, false, false), (request.Mask.AnchorsPerSide, request.Mask.Iterations, request.Mask.Refine, request.Mask.Regions));
        Assert.Equal((ImageFit.Pad, MaskSize.Original, 0.005), (request.Mask.Fit, request.Mask.Size, request.Mask.MinRegionShare));
        Assert.Equal(("masks", true, 0.5, false, false), (request.Output.Folder, request.Output.Overlay, request.Output.Opacity, request.Output.Coco, request.Output.Quiet));
    }

    [Theory]
    [InlineData("1.2", 1.2f)]
    [InlineData("1e-3", 0.001f)]
    public async Task Kl_threshold(string text, float value) => Assert.Equal(value, (await Request("--kl-threshold", text)).Mask.KlThreshold);

    [Fact]
    public async Task Anchors() => Assert.Equal(64, (await Request("--anchors", "64")).Mask.AnchorsPerSide);

    [Fact]
    public async Task Iterations() => Assert.Equal(5, (await Request("--iterations", "5")).Mask.Iterations);

    [Fact]
    public async Task Refine() => Assert.True((await Request("--refine")).Mask.Refine);

    [Fact]
    public async Task Regions() => Assert.True((await Request("--regions")).Mask.Regions);

    [Fact]
    public async Task Fit() => Assert.Equal(ImageFit.Crop, (await Request("--fit", "Crop")).Mask.Fit);

    [Fact]
    public async Task Size()
    {
        Assert.Equal(MaskSize.Original, (await Request("--size", "original")).Mask.Size);
        Assert.Equal(MaskSize.Model, (await Request("--size", "MODEL")).Mask.Size);

        // Width first, as picture sizes are written.
        Assert.Equal(new MaskSize(height: 600, width: 800), (await Request("--size", "800x600")).Mask.Size);
        Assert.Equal(new MaskSize(height: 2, width: 1), (await Request("--size", "1X2")).Mask.Size);
    }

    [Theory]
    [InlineData("1%", 0.01)]
    [InlineData("0.5 %", 0.005)]
    [InlineData("0.02", 0.02)]
    [InlineData("0", 0)]
    [InlineData("100%", 1)]
    public async Task Min_region(string text, double value) =>
        Assert.Equal(value, (await Request("--min-region", text)).Mask.MinRegionShare, precision: 12);

    [Fact]
    public async Task Output_folder() => Assert.Equal("there", (await Request("-o", "there")).Output.Folder);

    [Fact]
    public async Task Overlay_and_no_overlay()
    {
        Assert.True((await Request("--overlay")).Output.Overlay);
        Assert.False((await Request("--no-overlay")).Output.Overlay);
    }

    [Fact]
    public async Task Opacity() => Assert.Equal(0.3, (await Request("--opacity", "30%")).Output.Opacity, precision: 12);

    [Fact]
    public async Task Json() => Assert.True((await Request("--json")).Output.Coco);

    [Fact]
    public async Task Quiet() => Assert.True((await Request("-q")).Output.Quiet);

    [Fact]
    public async Task Recursive() => Assert.True((await Request("-r")).Input.Recursive);

    [Fact]
    public async Task Threads() => Assert.Equal(3, (await Request("--threads", "3")).Model.Threads);

    [Fact]
    public async Task Gpu() => Assert.Equal(1, (await Request("--gpu", "1")).Model.Gpu);

    [Fact]
    public async Task Several_inputs_before_and_after_options()
    {
        _folder.Touch("b.jpg");
        Assert.Equal(["a.jpg", "b.jpg"], (await Request("--refine", "b.jpg")).Input.Inputs);
    }

    private async Task<SegmentRequest> Request(params string[] options)
    {
        var tool = new ToolRun(_folder.Path);
        (int code, _, string error) = await tool.Run(["segment", "a.jpg", .. options]);
        Assert.Equal((0, ""), (code, error));
        return tool.Request!;
    }
}
