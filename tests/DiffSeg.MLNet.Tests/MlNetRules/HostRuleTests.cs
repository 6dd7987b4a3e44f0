using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace DiffSeg.MLNet.Tests.MlNetRules;

public sealed class HostRuleTests
{
    [Fact]
    public void What_a_component_logs_reaches_the_contexts_listeners()
    {
        var ml = new MLContext(1);
        var seen = new List<LoggingEventArgs>();
        ml.Log += (_, message) => seen.Add(message);
        using (IChannel channel = ((IHostEnvironment)ml).Register("DiffSeg").Start("Fit"))
        {
            channel.Warning(MessageSensitivity.None, "{0} of {1}", 3, 4);
        }

        LoggingEventArgs line = Assert.Single(seen, m => m.RawMessage == "3 of 4");
        Assert.Equal(ChannelMessageKind.Warning, line.Kind);
        Assert.Contains("DiffSeg", line.Source);
        Assert.Contains("Kind=Warning] 3 of 4", line.Message);
    }

    [Fact]
    public void A_context_knows_no_device_and_does_not_fall_back_by_default()
    {
        var ml = new MLContext();
        Assert.Null(ml.GpuDeviceId);
        Assert.False(ml.FallbackToCpu);
    }
}
