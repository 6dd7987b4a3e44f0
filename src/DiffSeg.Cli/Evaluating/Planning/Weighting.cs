using System.Globalization;

namespace DiffSeg.Cli.Evaluating.Planning;

/// <summary>What each resolution of the attention counts: all in proportion to their sides, or one alone.</summary>
/// <param name="OnlySide">Side, in tokens, of the resolution that alone counts; null for all of them.</param>
internal readonly record struct Weighting(int? OnlySide)
{
    /// <summary>All resolutions in proportion to their sides, as published.</summary>
    public static Weighting Proportional => default;

    /// <summary>"proportional", "only 32".</summary>
    public string Text => OnlySide is { } side ? $"only {side.ToString(CultureInfo.InvariantCulture)}" : "proportional";

    /// <summary>The sides of the resolutions of a model, finest first.</summary>
    /// <param name="shapes">The shapes of its attention tensors.</param>
    public static IReadOnlyList<int> Sides(IEnumerable<AttentionShape> shapes) =>
        [.. Resolutions(shapes).Select(size => Math.Max(size.Height, size.Width))];

    /// <summary>The weights as the aggregation takes them: one per resolution, finest first; null for proportional ones.</summary>
    /// <param name="shapes">The shapes of the model's attention tensors.</param>
    public IReadOnlyList<float>? For(IReadOnlyList<AttentionShape> shapes)
    {
        int? only = OnlySide;
        return only is null ? null : [.. Sides(shapes).Select(side => side == only ? 1f : 0f)];
    }

    private static IEnumerable<(int Height, int Width)> Resolutions(IEnumerable<AttentionShape> shapes) =>
        shapes.Select(shape => (shape.Height, shape.Width)).Distinct().OrderByDescending(size => size.Height * size.Width);
}
