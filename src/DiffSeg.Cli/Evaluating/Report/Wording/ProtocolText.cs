using DiffSeg.Cli.Evaluating.Report.Results;

namespace DiffSeg.Cli.Evaluating.Report.Wording;

/// <summary>How masks were compared, in words; named at every table.</summary>
internal static class ProtocolText
{
    /// <summary>What segments were matched to classes over: "matched image by image".</summary>
    /// <param name="matching">The scope.</param>
    public static string Scope(Matching matching) => matching switch
    {
        Matching.PerImage => "segments matched to classes image by image",
        Matching.PerDataSet => "segments matched to classes over the whole data set",
        _ => "segments compared without classes",
    };

    /// <summary>"compared at 512 × 512 pixels".</summary>
    /// <param name="protocol">The protocol.</param>
    public static string Size(EvaluationProtocol protocol) => protocol is { Width: { } width, Height: { } height }
        ? $"compared at {width} × {height} pixels"
        : "compared at each image's own size";

    /// <summary>How figures were measured: "4 images; segments matched to classes image by image; compared at 512 × 512 pixels."</summary>
    /// <param name="result">The evaluation.</param>
    /// <param name="needsMatching">Whether any of the figures stands on the matching.</param>
    public static string Line(EvaluationResult result, bool needsMatching = true) =>
        $"{Images(result.DataSet)}; {Scope(needsMatching ? result.Protocol.Matching : Matching.None)}; {Size(result.Protocol)}.";

    /// <summary>The same, for figures with a standard error.</summary>
    /// <param name="result">The evaluation.</param>
    /// <param name="needsMatching">Whether any of the figures stands on the matching.</param>
    public static string LineWithErrors(EvaluationResult result, bool needsMatching = true) =>
        $"{Line(result, needsMatching)} ± is one standard error over images.";

    /// <summary>"4 of 2,175 images".</summary>
    /// <param name="dataSet">The data set.</param>
    public static string Images(EvaluatedDataSet dataSet)
    {
        string counted = Figures.Count(dataSet.ImagesCounted);
        return dataSet.ImagesInSplit is { } all && all != dataSet.ImagesCounted
            ? $"{counted} of {Figures.Count(all)} images"
            : $"{counted} {(dataSet.ImagesCounted == 1 ? "image" : "images")}";
    }
}
