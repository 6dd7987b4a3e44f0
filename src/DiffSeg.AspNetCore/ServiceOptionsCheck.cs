using DiffSeg.MLNet;
using Microsoft.Extensions.Options;

namespace DiffSeg.AspNetCore;

/// <summary>Checks the settings of the service when the application starts.</summary>
internal sealed class ServiceOptionsCheck : IValidateOptions<SegmentationServiceOptions>
{
    // What a timer takes, some 24 days.
    private static readonly TimeSpan LongestTime = TimeSpan.FromMilliseconds(int.MaxValue);

    public ValidateOptionsResult Validate(string? name, SegmentationServiceOptions options)
    {
        List<string> problems = [];
        Require(Enum.IsDefined(options.Fit), $"{nameof(options.Fit)} must be {nameof(ImageFit.Pad)} or {nameof(ImageFit.Crop)}, not {options.Fit}.");
        Require(options.GpuDeviceId is null or >= 0, $"{nameof(options.GpuDeviceId)} must be at least 0, or null for the CPU, not {options.GpuDeviceId}.");
        Require(options.Threads is null or >= 1, $"{nameof(options.Threads)} must be at least 1, or null for all cores, not {options.Threads}.");
        Require(options.Workers >= 1, $"{nameof(options.Workers)} must be at least 1, not {options.Workers}.");
        Require(options.QueueLength >= 0, $"{nameof(options.QueueLength)} must be at least 0, not {options.QueueLength}.");
        Require(options.Limits is not null, $"{nameof(options.Limits)} must not be null.");

        // A picture's file is held in one array, with room for the byte that is too many.
        Require(
            options.Limits is null || options.Limits.MaxFileBytes < Array.MaxLength,
            $"{nameof(options.Limits)}.{nameof(options.Limits.MaxFileBytes)} must be below {Array.MaxLength}, not {options.Limits?.MaxFileBytes}.");
        Require(options.MaxUploads >= 1, $"{nameof(options.MaxUploads)} must be at least 1, not {options.MaxUploads}.");
        RequireTime(options.UploadTimeout, nameof(options.UploadTimeout));
        RequireTime(options.Timeout, nameof(options.Timeout));
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);

        void Require(bool holds, string problem)
        {
            if (!holds)
            {
                problems.Add(problem);
            }
        }

        void RequireTime(TimeSpan time, string setting) =>
            Require(time > TimeSpan.Zero && time <= LongestTime, $"{setting} must be above 0 and at most 24 days, not {time}.");
    }
}
