using System.Diagnostics.CodeAnalysis;
using DiffSeg.AspNetCore.Http;
using DiffSeg.AspNetCore.Metrics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Adds DiffSeg's end points to an application.</summary>
public static class DiffSegEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Answers pictures that are posted: to the pattern with their mask, as a PNG whose pixel values are labels or, where
    /// the client accepts <c>application/json</c>, as a COCO file; to the pattern and <c>/overlay</c> with a PNG of the mask over
    /// the picture. The query may say <c>kl-threshold</c>, <c>min-region</c> and <c>regions</c>.
    /// </summary>
    /// <param name="endpoints">The application; <c>AddDiffSeg</c> has been called for its services.</param>
    /// <param name="pattern">Where.</param>
    /// <returns>The end points, to be given authorization, rate limits and the like.</returns>
    /// <remarks>
    /// Problems are told as problem details (RFC 9457): 400 no whole picture or a wrong setting, 406 no such answer, 408 too
    /// slow, 413 too many bytes or pixels, 415 no picture that is read, 422 cannot be segmented, 429 no room in the queue and
    /// 503 out of time or shutting down (both with Retry-After), 500 the machine fails. Of a client that goes before its
    /// answer the log has 499.
    /// </remarks>
    public static IEndpointConventionBuilder MapDiffSeg(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern = "/segment")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        if (endpoints.ServiceProvider.GetService<IServiceProviderIsService>()?.IsService(typeof(SegmentAnswering)) == false)
        {
            throw Missing(nameof(MapDiffSeg));
        }

        // Looked up when a request comes: the model is opened when the application starts, not here.
        RouteGroupBuilder group = endpoints.MapGroup(pattern);
        group.MapPost("", context => context.RequestServices.GetRequiredService<SegmentAnswering>().MaskAsync(context));
        group.MapPost("/overlay", context => context.RequestServices.GetRequiredService<SegmentAnswering>().OverlayAsync(context));
        return group;
    }

    /// <summary>
    /// Answers with the metrics of the service, of HTTP and of the process, in the text form of Prometheus. Where an
    /// OpenTelemetry exporter is at work, let it read the meter <c>DiffSeg.Service</c> instead.
    /// </summary>
    /// <param name="endpoints">The application; <c>AddDiffSeg</c> has been called for its services.</param>
    /// <param name="pattern">Where.</param>
    /// <returns>The end point.</returns>
    public static IEndpointConventionBuilder MapDiffSegMetrics(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern = "/metrics")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        MetricsPage page = endpoints.ServiceProvider.GetService<MetricsPage>() ?? throw Missing(nameof(MapDiffSegMetrics));
        return endpoints.MapGet(pattern, context =>
        {
            context.Response.ContentType = MetricsPage.ContentType;
            return context.Response.WriteAsync(page.Write(), context.RequestAborted);
        });
    }

    private static InvalidOperationException Missing(string method) =>
        new($"{method} needs what AddDiffSeg adds: call builder.Services.AddDiffSeg() before builder.Build().");
}
