using DiffSeg.Baselines;

namespace DiffSeg.Cli.Evaluating.Planning;

/// <summary>What is known about each method.</summary>
internal static class MethodFacts
{
    /// <summary>All methods, with the word of the command line for each, in the order of the report.</summary>
    public static IReadOnlyList<(string Word, MethodKind Method)> Words { get; } =
    [
        ("diffseg", MethodKind.DiffSeg),
        ("kmeans-c", MethodKind.KMeansConstant),
        ("kmeans-s", MethodKind.KMeansTruth),
        ("kmeans-n", MethodKind.KMeansEqual),
        ("dbscan", MethodKind.Dbscan),
        ("one-segment", MethodKind.OneSegment),
        ("colour-position", MethodKind.ColourPosition),
    ];

    /// <summary>The method's name in the report.</summary>
    /// <param name="method">The method.</param>
    public static string Title(this MethodKind method) => method switch
    {
        MethodKind.DiffSeg => "DiffSeg",
        MethodKind.KMeansConstant => "K-Means-C",
        MethodKind.KMeansTruth => "K-Means-S",
        MethodKind.KMeansEqual => "K-Means, as many as DiffSeg",
        MethodKind.Dbscan => "DBSCAN",
        MethodKind.OneSegment => "One segment",
        _ => "Colour and position",
    };

    /// <summary>Whether it looks at the model's attention.</summary>
    /// <param name="method">The method.</param>
    public static bool NeedsAttention(this MethodKind method) =>
        method is not (MethodKind.OneSegment or MethodKind.ColourPosition);

    /// <summary>How many segments it makes, in words; null for a method that decides itself.</summary>
    /// <param name="method">The method.</param>
    public static string? Clusters(this MethodKind method) => method switch
    {
        MethodKind.KMeansConstant => $"{KMeansMethod.PaperClusters}",
        MethodKind.KMeansTruth => "classes in the ground truth",
        MethodKind.KMeansEqual or MethodKind.ColourPosition => "segments of DiffSeg",
        _ => null,
    };
}
