using Microsoft.ML;

namespace DiffSeg.MLNet.Tests.Workout;

/// <summary>An estimator in the workout: on what data it works, on what it must not, and what it adds.</summary>
internal sealed record Subject(
    string Data, Func<MLContext, IEstimator<ITransformer>> Make, string[] Added, Wrong[] Wrongs, string[] Inputs);

/// <summary>
/// A schema that an estimator must refuse: the data without a column, or with a column of another type.
/// </summary>
internal sealed record Wrong(string Column, bool Missing);
