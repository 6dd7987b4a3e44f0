using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace DiffSeg.AspNetCore.Health;

/// <summary>
/// Whether the machine still segments: a GPU that has fallen out fails every picture, or comes to no end, and only a new
/// process helps.
/// </summary>
internal sealed class ModelHealth(SegmentationPool pool, IOptions<SegmentationServiceOptions> options) : IHealthCheck
{
    /// <summary>Its name.</summary>
    public const string Name = "diffseg-model";

    /// <summary>
    /// Failures in a row, none of them a picture's fault, that count as broken; and how many times as long as a request may
    /// take all workers may be at it.
    /// </summary>
    public const int MostFaults = 5;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        (int faults, TimeSpan stalled) = (pool.Faults, pool.Stalled);
        string? problem = faults >= MostFaults ? string.Create(CultureInfo.InvariantCulture, $"The last {faults} pictures failed through no fault of their own.")
            : stalled >= MostFaults * options.Value.Timeout ? string.Create(CultureInfo.InvariantCulture, $"No picture has come to its end for {stalled.TotalSeconds:F0} s; the model hangs.")
            : null;
        return Task.FromResult(problem is null
            ? HealthCheckResult.Healthy("The model is open.")
            : new HealthCheckResult(context.Registration.FailureStatus, problem, pool.LastFault));
    }
}
