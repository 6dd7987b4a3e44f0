using DiffSeg.Cli.Evaluating.Report.Results;

namespace DiffSeg.Cli.Evaluating.Report.Tables;

/// <summary>Finds what an evaluation names.</summary>
internal static class ResultLookups
{
    /// <summary>The main run.</summary>
    /// <param name="result">The evaluation.</param>
    /// <exception cref="InvalidDataException">No run has its name.</exception>
    public static EvaluationRun FindMain(this EvaluationResult result) => result.Find(result.MainRun);

    /// <summary>The run of that name.</summary>
    /// <param name="result">The evaluation.</param>
    /// <param name="name">Its name.</param>
    /// <exception cref="InvalidDataException">No run has it.</exception>
    public static EvaluationRun Find(this EvaluationResult result, string name) => result.Runs.FirstOrDefault(run => run.Name == name)
        ?? throw new InvalidDataException(
            $"The evaluation has no run '{name}'; it has {string.Join(", ", result.Runs.Select(run => $"'{run.Name}'"))}.");

    /// <summary>An element, or something else where the list ends before it.</summary>
    /// <param name="values">The list.</param>
    /// <param name="index">From 0.</param>
    /// <param name="otherwise">What stands for those that are missing.</param>
    public static double ElementAtOr(this IReadOnlyList<double> values, int index, double otherwise) =>
        index < values.Count ? values[index] : otherwise;
}
