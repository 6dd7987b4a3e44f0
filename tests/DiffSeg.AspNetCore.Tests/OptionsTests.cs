using DiffSeg.AspNetCore.Tests.Support;
using DiffSeg.MLNet;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DiffSeg.AspNetCore.Tests;

public class OptionsTests
{
    public static TheoryData<string, Action<SegmentationServiceOptions>> BadSettings => new()
    {
        { "Fit must be Pad or Crop, not 7.", options => options.Fit = (ImageFit)7 },
        { "GpuDeviceId must be at least 0, or null for the CPU, not -1.", options => options.GpuDeviceId = -1 },
        { "Threads must be at least 1, or null for all cores, not 0.", options => options.Threads = 0 },
        { "Workers must be at least 1, not 0.", options => options.Workers = 0 },
        { "QueueLength must be at least 0, not -1.", options => options.QueueLength = -1 },
        { "Limits must not be null.", options => options.Limits = null! },
        { "Limits.MaxFileBytes must be below 2147483591, not 2147483591.", options => options.Limits = new() { MaxFileBytes = Array.MaxLength } },
        { "MaxUploads must be at least 1, not 0.", options => options.MaxUploads = 0 },
        { "UploadTimeout must be above 0 and at most 24 days, not 00:00:00.", options => options.UploadTimeout = TimeSpan.Zero },
        { "Timeout must be above 0 and at most 24 days, not 30.00:00:00.", options => options.Timeout = TimeSpan.FromDays(30) },
    };

    [Theory]
    [MemberData(nameof(BadSettings))]
    public async Task Bad_setting_stops_the_application_where_it_starts(string message, Action<SegmentationServiceOptions> configure)
    {
        using var segmenter = new FakeSegmenter();
        OptionsValidationException problem = await Assert.ThrowsAsync<OptionsValidationException>(() => TestService.StartAsync(segmenter, configure));
        Assert.Equal([message], problem.Failures);
    }

    [Fact]
    public async Task Model_that_cannot_be_used_stops_the_application_where_it_starts() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => TestService.StartAsync(null, options => options.Segmentation = new() { AnchorsPerSide = 500 }));

    [Fact]
    public void Mapping_without_adding_is_told()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRouting();
        using WebApplication app = builder.Build();
        foreach (Action map in new Action[] { () => app.MapDiffSeg(), () => app.MapDiffSegMetrics() })
        {
            Assert.Contains("call builder.Services.AddDiffSeg()", Assert.Throws<InvalidOperationException>(map).Message);
        }
    }

    [Fact]
    public async Task Added_twice_there_is_one_pool_with_the_settings_of_both()
    {
        using var segmenter = new FakeSegmenter();
        var services = new ServiceCollection();
        services.AddSingleton<AspNetCore.Pool.IPictureSegmenter>(segmenter);
        services.AddDiffSeg(options => options.Workers = 3).AddDiffSeg(options => options.QueueLength = 7);
        await using ServiceProvider provider = services.BuildServiceProvider();

        SegmentationServiceOptions settings = provider.GetRequiredService<IOptions<SegmentationServiceOptions>>().Value;

        Assert.Equal((3, 7), (settings.Workers, settings.QueueLength));
        Assert.Single(provider.GetServices<SegmentationPool>());
    }
}
