using System.Globalization;
using DiffSeg.Cli.Evaluating.Asking;

namespace DiffSeg.Cli.Batching.Asking;

/// <summary>Which part of a batch this process does, and who said so.</summary>
/// <param name="Shard">The part.</param>
/// <param name="Source">The option or the variables that it comes from; "everything" where there is but one part.</param>
internal sealed record ShardChoice(Shard Shard, string Source)
{
    /// <summary>Names a part for any scheduler: "2/4".</summary>
    public const string PartVariable = "DIFFSEG_SHARD";

    /// <summary>The number of parts, for schedulers that tell only the task's own number.</summary>
    public const string CountVariable = "DIFFSEG_SHARDS";

    /// <summary>Finds it: the option if it is given, else what the one scheduler says whose variables are set.</summary>
    /// <param name="option">The value of --shard; null where it is not given.</param>
    /// <param name="count">The value of --shards; null where it is not given.</param>
    /// <param name="variable">Values of environment variables.</param>
    /// <exception cref="SetupException">Two schedulers speak at once, or one says what makes no part.</exception>
    public static ShardChoice Of(Shard? option, int? count, Func<string, string?> variable)
    {
        if (option is not null)
        {
            return new ShardChoice(option, "--shard");
        }

        (int Count, string Source)? parts = Parts(count, variable);
        List<ShardChoice> choices = [.. Schedulers.All.Select(scheduler => scheduler(parts, variable)).OfType<ShardChoice>()];
        if (choices.Count > 1)
        {
            throw new SetupException(
                $"Several things name this process's part of the batch: {string.Join("; ", choices.Select(choice => $"{choice.Source} ({choice.Shard})"))}. Say which by --shard.");
        }

        if (choices.Count == 0 && parts is { Count: > 1 } lonely)
        {
            throw new SetupException(
                $"{lonely.Source} says that there are {lonely.Count} parts, and nothing says which one this is: give --shard I/{lonely.Count}, or set {PartVariable}.");
        }

        return choices.Count == 0 ? new ShardChoice(Shard.Whole, "everything") : choices[0];
    }

    private static (int Count, string Source)? Parts(int? count, Func<string, string?> variable)
    {
        if (count is { } given)
        {
            return (given, "--shards");
        }

        return variable(CountVariable) is not { Length: > 0 } text ? null
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int parts) && parts is >= 1 and <= Shard.Most
                ? (parts, CountVariable)
                : throw new SetupException($"{CountVariable} must be a number of parts from 1 to {Shard.Most}, not '{text}'.");
    }
}
