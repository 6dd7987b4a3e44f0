using System.Diagnostics.Metrics;
using DiffSeg.AspNetCore.Metrics;
using DiffSeg.AspNetCore.Pool;
using Microsoft.Extensions.DependencyInjection;

namespace DiffSeg.AspNetCore.Tests.Support;

/// <summary>A pool without an application.</summary>
internal sealed class TestPool : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public TestPool(IPictureSegmenter segmenter, int workers = 1, int queue = 4, SegmentationServiceOptions? options = null)
    {
        options ??= new();
        (options.Workers, options.QueueLength) = (workers, queue);
        Pool = new SegmentationPool(segmenter, options, new ServiceMeter(_services.GetRequiredService<IMeterFactory>()));
    }

    public SegmentationPool Pool { get; }

    public void Dispose()
    {
        Pool.Dispose();
        _services.Dispose();
    }
}
