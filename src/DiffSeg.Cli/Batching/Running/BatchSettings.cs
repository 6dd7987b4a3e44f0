using System.Globalization;
using DiffSeg.Batches;
using DiffSeg.Cli.Batching.Asking;
using DiffSeg.Cli.CommandLine;
using DiffSeg.Cli.Evaluating.Attention;
using DiffSeg.MLNet;
using DiffSeg.Onnx;
using DiffSeg.Pictures;

namespace DiffSeg.Cli.Batching.Running;

/// <summary>Everything that the bytes of a batch depend on, besides its images, in words.</summary>
internal static class BatchSettings
{
    /// <summary>Collects it.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="model">The model.</param>
    /// <exception cref="SetupException">A file of the model cannot be read.</exception>
    public static BatchOptions Of(BatchRequest request, AttentionModel model) => new()
    {
        ChunkSize = request.ChunkSize,
        Format = request.Format,
        Settings = Words(request.Mask, model, request.Model),
        Model = NameOf(request.Model.Model),
        ModelSha256 = Hash(model),
        ToolVersion = ToolVersion.Text,
    };

    // A GPU adds in another order than a processor: masks differ in a pixel here and there.
    private static SortedDictionary<string, string> Words(DiffSegMaskOptions mask, AttentionModel model, ModelSettings runs)
    {
        PictureLimits limits = mask.Limits ?? PictureLimits.Default;
        return new(StringComparer.Ordinal)
        {
            ["anchors"] = Text(mask.AnchorsPerSide),
            ["fit"] = mask.Fit.ToString().ToLowerInvariant(),
            ["iterations"] = Text(mask.Iterations),
            ["kl-threshold"] = Text(mask.KlThreshold ?? model.RecommendedKlThreshold),
            ["max-file-bytes"] = Text(limits.MaxFileBytes),
            ["max-pixels"] = Text(limits.MaxPixels),
            ["min-region"] = Text(mask.MinRegionShare),
            ["refine"] = mask.Refine ? "on" : "off",
            ["regions"] = mask.Regions ? "on" : "off",
            ["runs on"] = runs.Gpu is null ? "cpu" : "gpu",
            ["size"] = mask.Size == MaskSize.Original || mask.Size == MaskSize.Model
                ? mask.Size.ToString().ToLowerInvariant()
                : $"{Text(mask.Size.Width)}x{Text(mask.Size.Height)}",
        };
    }

    // Where the model lies is no matter; what it is, its hash says.
    private static string NameOf(string given) =>
        given.Equals(ModelSource.Demo, StringComparison.OrdinalIgnoreCase) ? ModelSource.Demo : Path.GetFileName(given);

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

    private static string Hash(AttentionModel model)
    {
        try
        {
            return FileHash.Of(model);
        }
        catch (IOException problem)
        {
            throw new SetupException(problem.Message, problem);
        }
    }
}
