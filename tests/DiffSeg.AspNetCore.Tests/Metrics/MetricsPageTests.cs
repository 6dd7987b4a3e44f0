using System.Diagnostics.Metrics;
using System.Globalization;
using DiffSeg.AspNetCore.Metrics;
using DiffSeg.AspNetCore.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace DiffSeg.AspNetCore.Tests.Metrics;

public sealed class MetricsPageTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_counts_pictures_stages_requests_and_memory()
    {
        using var segmenter = new FakeSegmenter();
        await using TestService service = await TestService.StartAsync(segmenter);
        (await service.PostAsync([1])).Dispose();
        (await service.PostAsync([2])).Dispose();
        segmenter.Before = (_, _) => throw new ArgumentException("a bad setting", nameof(DiffSegOptions.AnchorsPerSide));
        (await service.PostAsync([3])).Dispose();

        using HttpResponseMessage response = await service.Client.GetAsync("/metrics", Stop);
        string page = await response.Content.ReadAsStringAsync(Stop);

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        string[] lines = page.Split('\n');
        Assert.Equal("", lines[^1]);
        Assert.Contains("# TYPE diffseg_service_pictures_total counter", lines);
        Assert.Contains("diffseg_service_pictures_total{outcome=\"segmented\"} 2", lines);
        Assert.Contains("diffseg_service_pictures_total{outcome=\"refused\"} 1", lines);
        Assert.Contains("diffseg_service_waiting 0", lines);
        Assert.Contains("diffseg_service_in_work 0", lines);
        Assert.Contains("# TYPE diffseg_service_stage_duration_seconds histogram", lines);
        Assert.Contains("diffseg_service_stage_duration_seconds_count{stage=\"encode\"} 2", lines);
        Assert.Contains("diffseg_service_stage_duration_seconds_bucket{stage=\"wait\",le=\"+Inf\"} 3", lines);
        Assert.Contains(lines, line => line.StartsWith("http_server_request_duration_seconds_count{", StringComparison.Ordinal)
            && line.Contains("http_response_status_code=\"422\"", StringComparison.Ordinal) && line.EndsWith(" 1", StringComparison.Ordinal));
        string memory = lines.Single(line => line.StartsWith("dotnet_process_memory_working_set_bytes ", StringComparison.Ordinal));
        Assert.True(double.Parse(memory.Split(' ')[1], CultureInfo.InvariantCulture) > 1e6);
    }

    [Fact]
    public void Buckets_add_up_and_labels_are_sorted_and_escaped()
    {
        using ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var factory = services.GetRequiredService<IMeterFactory>();
        using var page = new MetricsPage(factory);
        Meter meter = factory.Create(ServiceMeter.Name);
        Histogram<double> times = meter.CreateHistogram(
            "a.time", "s", "Of \\ things.", tags: null, advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 2] });
        foreach (double value in new[] { 0.5, 1, 1.5, 7 })
        {
            times.Record(value, new("z", 1), new("b.c", "say \"\\\n\""));
        }

        meter.CreateGauge<int>("b").Record(4);
        meter.CreateUpDownCounter<short>("c").Add(-3);
        Meter other = new(ServiceMeter.Name, null, null, scope: new object());
        other.CreateCounter<long>("d").Add(1);

        const string Labels = "b_c=\"say \\\"\\\\\\n\\\"\",z=\"1\"";
        Assert.Equal(
            $$"""
            # HELP a_time_seconds Of \\ things.
            # TYPE a_time_seconds histogram
            a_time_seconds_bucket{{{Labels}},le="1"} 2
            a_time_seconds_bucket{{{Labels}},le="2"} 3
            a_time_seconds_bucket{{{Labels}},le="+Inf"} 4
            a_time_seconds_sum{{{Labels}}} 10
            a_time_seconds_count{{{Labels}}} 4
            # TYPE b gauge
            b 4
            # TYPE c gauge
            c -3

            """.ReplaceLineEndings("\n"),
            Own(page.Write()));
        other.Dispose();
    }

    [Fact]
    public void Labels_that_anybody_can_make_up_do_not_fill_the_memory()
    {
        using ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var factory = services.GetRequiredService<IMeterFactory>();
        using var page = new MetricsPage(factory);
        Counter<long> counter = factory.Create(ServiceMeter.Name).CreateCounter<long>("a");
        for (int i = 0; i < 5000; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("who", i));
        }

        Assert.Equal(1001, Own(page.Write()).TrimEnd().Split('\n').Length);
    }

    // The process's own metrics differ from run to run.
    private static string Own(string page) => string.Concat(page.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Where(line => !line.Contains(" dotnet_", StringComparison.Ordinal) && !line.StartsWith("dotnet_", StringComparison.Ordinal))
        .Select(line => line + "\n"));
}
