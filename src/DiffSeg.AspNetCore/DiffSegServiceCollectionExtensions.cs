using DiffSeg.AspNetCore;
using DiffSeg.AspNetCore.Health;
using DiffSeg.AspNetCore.Http;
using DiffSeg.AspNetCore.Metrics;
using DiffSeg.AspNetCore.Pool;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds DiffSeg to an application's services.</summary>
public static class DiffSegServiceCollectionExtensions
{
    /// <summary>Tag of the health checks that say whether the process must be started anew.</summary>
    internal const string Live = "live";

    /// <summary>Tag of the health checks that say whether requests should come here.</summary>
    internal const string Ready = "ready";

    /// <summary>
    /// Adds a <see cref="SegmentationPool"/>, shared by all requests, the health checks <c>diffseg-model</c> (tags <c>live</c>,
    /// <c>ready</c>) and <c>diffseg-accepting</c> (tag <c>ready</c>), and the meter <c>DiffSeg.Service</c>.
    /// <c>app.MapDiffSeg("/segment")</c> answers requests with it.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">The settings; null for the defaults, with the demo model.</param>
    /// <returns>The services.</returns>
    /// <remarks>
    /// Settings are checked, and the model is opened, when the application starts: <see cref="OptionsValidationException"/>
    /// names a bad setting, <see cref="NotSupportedException"/> and <see cref="InvalidOperationException"/> say why the model
    /// cannot be used. In end points of your own, <c>app.UseExceptionHandler()</c> answers what the pool throws
    /// (<see cref="PictureRefusedException"/>, <see cref="SegmentationQueueFullException"/>) as <c>MapDiffSeg</c> does.
    /// </remarks>
    public static IServiceCollection AddDiffSeg(this IServiceCollection services, Action<SegmentationServiceOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<SegmentationServiceOptions>().Configure(options => configure?.Invoke(options)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SegmentationServiceOptions>, ServiceOptionsCheck>());
        if (services.Any(service => service.ServiceType == typeof(SegmentationPool)))
        {
            // Called twice: further settings, the same pool.
            return services;
        }

        services.AddMetrics();
        services.AddSingleton<ServiceMeter>();
        services.AddSingleton<MetricsPage>();
        services.AddSingleton(provider => new SegmentationPool(
            provider.GetService<IPictureSegmenter>() ?? new ModelSegmenter(Options(provider)),
            Options(provider),
            provider.GetRequiredService<ServiceMeter>()));
        services.AddSingleton<Uploads>();
        services.AddSingleton<SegmentAnswering>();
        services.AddHostedService<ModelOpening>();
        services.AddExceptionHandler<PoolExceptionHandler>();
        services.AddHealthChecks()
            .AddCheck<ModelHealth>(ModelHealth.Name, tags: [Live, Ready])
            .AddCheck<AcceptingHealth>(AcceptingHealth.Name, tags: [Ready]);
        return services;
    }

    private static SegmentationServiceOptions Options(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<SegmentationServiceOptions>>().Value;
}
