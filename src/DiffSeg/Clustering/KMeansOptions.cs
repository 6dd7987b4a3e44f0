namespace DiffSeg;

/// <summary>When k-means stops. Immutable.</summary>
public sealed record KMeansOptions
{
    /// <summary>Iterations at most; at least 1, default 300.</summary>
    public int MaxIterations
    {
        get;
        init => field = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxIterations), value, "MaxIterations must be at least 1.");
    } = 300;

    /// <summary>
    /// Stop when the squared shift of all centres together is at most this times the mean variance of the features;
    /// 0 or more, default 1e-4. With 0 it stops only when no label changes.
    /// </summary>
    public double Tolerance
    {
        get;
        init => field = value >= 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(Tolerance), value, "Tolerance must be finite and not negative.");
    } = 1e-4;

    /// <summary>Threads to use at most; -1 (the default) for all cores. The result does not depend on it.</summary>
    public int MaxDegreeOfParallelism
    {
        get;
        init => field = value is -1 or >= 1
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(MaxDegreeOfParallelism), value, "MaxDegreeOfParallelism must be at least 1, or -1 for all cores.");
    } = -1;
}
