using System.Net;
using System.Text.Json;
using DiffSeg.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DiffSeg.AspNetCore.Tests.Http;

/// <summary>How an application's own words and a worker's bugs come into problem details.</summary>
public sealed class ProblemTests : IDisposable
{
    private readonly FakeSegmenter _segmenter = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _segmenter.Dispose();

    [Theory]
    [InlineData(null, "told")]
    [InlineData("application/json", "told")]
    [InlineData("image/png", null)]
    public async Task Problems_are_as_the_application_has_them_and_nobody_goes_without(string? accept, string? expected)
    {
        await using TestService service = await TestService.StartAsync(_segmenter, build: builder => builder.Services.AddProblemDetails(
            options => options.CustomizeProblemDetails = context => context.ProblemDetails.Extensions["more"] = "told"));

        using HttpResponseMessage response = await service.PostAsync([1], type: "text/plain", accept: accept);

        Assert.StartsWith("The body must be a picture", await TestService.DetailAsync(response, 415));
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Stop));
        Assert.Equal(expected, problem.RootElement.TryGetProperty("more", out JsonElement more) ? more.GetString() : null);
    }

    [Fact]
    public async Task End_points_of_the_applications_own_tell_what_the_pool_throws()
    {
        await using TestService service = await TestService.StartAsync(
            null,
            build: builder => builder.Services.AddProblemDetails(),
            use: app =>
            {
                app.UseExceptionHandler();
                app.MapPost("/count", async (HttpRequest request, SegmentationPool pool) =>
                    (await pool.SegmentAsync(request.Body, cancellationToken: Stop)).SegmentCount);
                app.MapPost("/full", void () => throw new SegmentationQueueFullException(TimeSpan.FromSeconds(7)));
                app.MapPost("/bug", void () => throw new InvalidOperationException("a bug"));
            });

        using HttpResponseMessage refused = await service.PostAsync([1, 2, 3, 4], "/count");
        Assert.StartsWith("The picture is", await TestService.DetailAsync(refused, 415));
        using HttpResponseMessage full = await service.PostAsync([], "/full");
        Assert.StartsWith("The service has as many pictures", await TestService.DetailAsync(full, 429));
        Assert.Equal(TimeSpan.FromSeconds(7), full.Headers.RetryAfter!.Delta);
        using HttpResponseMessage bug = await service.PostAsync([], "/bug");
        Assert.Equal(HttpStatusCode.InternalServerError, bug.StatusCode);
    }

    [Fact]
    public async Task Bug_is_told_as_a_fault_of_the_service_whatever_it_throws()
    {
        await using TestService service = await TestService.StartAsync(_segmenter);
        Exception[] bugs =
        [
            new ArgumentException("a bug", "x"), new InvalidOperationException("a bug"), new ObjectDisposedException("x"),
            new OperationCanceledException("a bug"), new NullReferenceException(),
        ];
        foreach (Exception bug in bugs)
        {
            _segmenter.Before = (_, _) => throw bug;
            using HttpResponseMessage response = await service.PostAsync([1]);
            Assert.Equal("The service failed, through no fault of the picture; its log says why.", await TestService.DetailAsync(response, 500));
        }

        Assert.Equal(bugs.Length, service.Pool.Faults);
        using HttpResponseMessage live = await service.Client.GetAsync("/live", Stop);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, live.StatusCode);
    }
}
