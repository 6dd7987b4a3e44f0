using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DiffSeg.AspNetCore.Health;

/// <summary>Whether the machine still segments: a GPU that has fallen out fails every picture, and only a new process helps.</summary>
internal sealed class ModelHealth(SegmentationPool pool) : IHealthCheck
{
    /// <summary>Its name.</summary>
    public const string Name = "diffseg-model";

    /// <summary>Failures in a row, none of them a picture's fault, that count as broken.</summary>
    public const int MostFaults = 5;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        int faults = pool.Faults;
        return Task.FromResult(faults < MostFaults
            ? HealthCheckResult.Healthy("The model is open.")
            : new HealthCheckResult(
                context.Registration.FailureStatus,
                string.Create(CultureInfo.InvariantCulture, $"The last {faults} pictures failed through no fault of their own."),
                pool.LastFault));
    }
}
