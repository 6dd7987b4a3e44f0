using System.Net;
using DiffSeg.AspNetCore;
using DiffSeg.Cli.CommandLine;
using DiffSeg.Cli.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DiffSeg.Cli.Serving;

/// <summary>The ASP.NET application of "diffseg serve".</summary>
internal static class ServiceApplication
{
    private const string Live = "live", Ready = "ready";

    /// <summary>Builds it.</summary>
    /// <param name="settings">Where it listens.</param>
    /// <param name="configure">How it segments.</param>
    /// <param name="log">Told of warnings.</param>
    public static WebApplication Build(ServiceSettings settings, Action<SegmentationServiceOptions> configure, ILoggerProvider log)
    {
        WebApplicationBuilder builder = ToolHost.Create(settings.Host, settings.Port);

        // What keeps it from starting is told in the tool's own words.
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None).AddProvider(log);

        // How long ending may take is decided by who ends it.
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromDays(1));
        builder.Services.AddRouting();
        builder.Services.AddProblemDetails();
        builder.Services.AddSingleton<OpenRequests>();
        builder.Services.AddDiffSeg(configure);
        if (IPAddress.IsLoopback(settings.Host))
        {
            // A web page whose name points to this machine (DNS rebinding) is not to use the service.
            builder.Services.AddHostFiltering(options => options.AllowedHosts = ["127.0.0.1", "[::1]", "localhost"]);
        }

        WebApplication app = builder.Build();
        app.Use(app.Services.GetRequiredService<OpenRequests>().CountAsync);
        app.UseStatusCodePages();
        if (IPAddress.IsLoopback(settings.Host))
        {
            app.UseHostFiltering();
        }

        app.MapDiffSeg("/segment");
        app.MapDiffSegMetrics("/metrics");
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Live) });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready) });
        return app;
    }
}
