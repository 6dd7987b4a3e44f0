using System.Globalization;
using DiffSeg.Cli.Evaluating.Asking;

namespace DiffSeg.Cli.Batching.Asking;

/// <summary>What the variables of each scheduler say about a process's part of the work.</summary>
internal static class Schedulers
{
    private const string SlurmTask = "SLURM_ARRAY_TASK_ID";
    private const string SlurmCount = "SLURM_ARRAY_TASK_COUNT";
    private const string SlurmFirst = "SLURM_ARRAY_TASK_MIN";
    private const string SlurmLast = "SLURM_ARRAY_TASK_MAX";
    private const string SlurmStep = "SLURM_ARRAY_TASK_STEP";
    private const string KubernetesIndex = "JOB_COMPLETION_INDEX";
    private const string AzureTask = "AZ_BATCH_TASK_ID";

    /// <summary>Each says which part this is, or null where its scheduler does not run here.</summary>
    public static IReadOnlyList<Func<(int Count, string Source)?, Func<string, string?>, ShardChoice?>> All { get; } =
        [Given, Slurm, Kubernetes, Azure];

    private static ShardChoice? Given((int Count, string Source)? parts, Func<string, string?> variable)
    {
        const string Name = ShardChoice.PartVariable;
        if (Text(variable, Name) is not { } text)
        {
            return null;
        }

        Shard shard = Shard.Parse(text) ?? throw new SetupException($"{Name} must be a part such as 2/4, not '{text}'.");
        return parts is { } told && told.Count != shard.Count
            ? throw new SetupException($"{Name} is {text}, but {told.Source} says that there are {told.Count} parts.")
            : new ShardChoice(shard, Name);
    }

    // With a number of parts the tasks are numbered from 0, whichever of them the job array holds: so a task can be sent
    // again alone. Without it the array itself must be the parts, without gaps.
    private static ShardChoice? Slurm((int Count, string Source)? parts, Func<string, string?> variable)
    {
        if (Text(variable, SlurmTask) is null)
        {
            return null;
        }

        int task = Number(variable, SlurmTask);
        if (parts is { } told)
        {
            return FromZero(task, SlurmTask, told);
        }

        int count = Number(variable, SlurmCount), first = Number(variable, SlurmFirst), last = Number(variable, SlurmLast);
        int step = Text(variable, SlurmStep) is null ? 1 : Number(variable, SlurmStep);
        bool even = step > 0 && (long)first + ((long)(count - 1) * step) == last && task >= first && (task - first) % step == 0;
        return even && task <= last && count is >= 1 and <= Shard.Most
            ? new ShardChoice(new Shard(((task - first) / step) + 1, count), $"{SlurmTask}={task} of {SlurmCount}={count}")
            : throw new SetupException(
                $"The job array's {count} tasks from {first} to {last} have gaps, so their numbers do not say which part task {task} is: give --shards N, and number the tasks from 0 to N - 1.");
    }

    private static ShardChoice? Kubernetes((int Count, string Source)? parts, Func<string, string?> variable) =>
        Text(variable, KubernetesIndex) is null ? null
            : parts is { } told ? FromZero(Number(variable, KubernetesIndex), KubernetesIndex, told)
            : throw new SetupException(
                $"{KubernetesIndex} is set, but not the number of parts: give --shards N, or set {ShardChoice.CountVariable}, to the job's completions.");

    // Task ids are free text there. Where parts are asked for, the number at the id's end counts; else it is one task's job.
    private static ShardChoice? Azure((int Count, string Source)? parts, Func<string, string?> variable)
    {
        if (Text(variable, AzureTask) is not { } id || parts is not { } told || Text(variable, ShardChoice.PartVariable) is not null)
        {
            return null;
        }

        string digits = id[(id.AsSpan().LastIndexOfAnyExceptInRange('0', '9') + 1)..];
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int task)
            ? FromZero(task, $"{AzureTask}={id}", told)
            : throw new SetupException($"{AzureTask} is '{id}': where there are --shards, ids must end in the task's number, counted from 0; or set {ShardChoice.PartVariable}.");
    }

    private static ShardChoice FromZero(int task, string name, (int Count, string Source) parts) =>
        task < parts.Count
            ? new ShardChoice(new Shard(task + 1, parts.Count), $"{(name.Contains('=') ? name : $"{name}={task}")} of {parts.Source} {parts.Count}")
            : throw new SetupException($"{name} is task {task}, but {parts.Source} says that there are {parts.Count} parts, numbered from 0 to {parts.Count - 1}.");

    private static string? Text(Func<string, string?> variable, string name) =>
        variable(name) is { } text && text.Trim() is { Length: > 0 } trimmed ? trimmed : null;

    private static int Number(Func<string, string?> variable, string name) =>
        int.TryParse(Text(variable, name), NumberStyles.None, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw new SetupException($"{name} must be a whole number, not '{variable(name)}'; or say by --shard which part this is.");
}
