using DiffSeg.Offline;

namespace DiffSeg.Packages.Tests.Decision;

public class DecisionFileTests
{
    [Theory]
    [InlineData(Source.Registry, Source.Offline)]
    [InlineData(Source.Offline, Source.Registry)]
    public void What_is_written_is_read(object mlNet, object onnxRuntime)
    {
        var decision = new Offline.Decision("mode=auto onnxruntime=Gpu", 3, (Source)mlNet, (Source)onnxRuntime);

        Assert.Equal(decision, Offline.Decision.Read(decision.Write()));
        Assert.Equal(decision, Offline.Decision.Read(decision.Write().ReplaceLineEndings("\r\n")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("wish: a feed: 3.")]
    [InlineData("wish: a feed: x.\nML.NET: registry\nONNX Runtime: registry\n")]
    [InlineData("wish: a feed: 3.\nML.NET: somewhere\nONNX Runtime: registry\n")]
    [InlineData("wish: a fee")]
    public void Foreign_or_broken_text_is_no_decision(string text) => Assert.Null(Offline.Decision.Read(text));
}
