using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Json;

namespace DiffSeg.Cli.Benchmarking.Results;

/// <summary>What was measured, as JSON: the figures that count on top, the machine, and every result.</summary>
/// <remarks>
/// The figures on top are medians over the pictures with the most threads, or over the formula where there were no
/// pictures; a speed-up over what was not measured there is null.
/// </remarks>
internal static class BenchJson
{
    private static readonly JsonSerializerOptions Form = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    /// <summary>Writes it.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="results">At least one result.</param>
    public static void Write(Stream stream, IReadOnlyList<BenchResult> results)
    {
        IEnumerable<BenchResult> counted = results.Where(result => result.Threads == results.Max(other => other.Threads));
        BenchResult[] chosen = [.. counted.Any(result => result.IsPicture) ? counted.Where(result => result.IsPicture) : counted];
        JsonSerializer.Serialize(
            stream,
            new
            {
                RatioToDenseProducts = Median(chosen, result => result.RatioToDenseProducts.Median),
                RatioFromAggregate = Median(chosen, result => result.RatioFromAggregate.Median),
                SpeedupOverPublished = Median(chosen, result => result.SpeedupOverPublished?.Median),
                SpeedupOverPublishedFused = Median(chosen, result => result.SpeedupOverPublishedFused?.Median),
                SpeedupOverTwoProducts = Median(chosen, result => result.SpeedupOverTwoProducts.Median),
                PeakBytesAboveInputs = chosen.Max(result => result.PeakBytesAboveInputs),
                AllocatedBytesPerImage = chosen.Max(result => result.AllocatedBytesPerImage),
                Threads = chosen[0].Threads,
                Inputs = chosen.Select(result => result.Input),
                Stages = chosen[0].Stages.Select(stage => new
                {
                    stage.Name,
                    Milliseconds = Median(chosen, result => result.Stages.FirstOrDefault(s => s.Name == stage.Name)?.Milliseconds.Median),
                }),
                Machine = new
                {
                    Processors = Environment.ProcessorCount,
                    Architecture = RuntimeInformation.ProcessArchitecture.ToString(),
                    VectorBits = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128,
                    OperatingSystem = RuntimeInformation.OSDescription,
                    Runtime = RuntimeInformation.FrameworkDescription,
                },
                Results = results,
            },
            Form);
    }

    private static double? Median(IEnumerable<BenchResult> results, Func<BenchResult, double?> value)
    {
        double[] known = [.. results.Select(value).OfType<double>()];
        return known.Length == 0 ? null : Samples.Of(known).Median;
    }
}
