using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace DiffSeg.AspNetCore.Health;

/// <summary>Whether the service takes pictures: not while it shuts down.</summary>
internal sealed class AcceptingHealth(IHostApplicationLifetime lifetime) : IHealthCheck
{
    /// <summary>Its name.</summary>
    public const string Name = "diffseg-accepting";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(lifetime.ApplicationStopping.IsCancellationRequested
            ? new HealthCheckResult(context.Registration.FailureStatus, "The service is shutting down.")
            : HealthCheckResult.Healthy("The service takes pictures."));
}
