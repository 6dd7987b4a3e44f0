using System.Globalization;
using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Graphs;

namespace DiffSeg.Onnx;

/// <summary>
/// How many pictures a model takes in one run, as the first dimension of its input declares it. A model of one picture need
/// not give its outputs such a dimension; all others begin with it.
/// </summary>
/// <param name="Count">The number; null when that dimension is free.</param>
internal readonly record struct PicturesPerRun(int? Count)
{
    /// <summary>How the dimension is written where it is free.</summary>
    public const string Free = "batch";

    /// <summary>Whether outputs must begin with it.</summary>
    public bool HasAxis => Count != 1;

    /// <summary>What stands before the sizes of one picture: nothing, or for example <c>4, </c>.</summary>
    public string Leading => HasAxis ? $"{this}, " : "";

    /// <summary>Size of the dimension in a graph under construction.</summary>
    public long Size => Count ?? GraphBuilder.Free;

    /// <summary>The dimension in the declaration of a tensor.</summary>
    public TensorShapeProto.Types.Dimension Dimension => Count is { } count ? new() { DimValue = count } : new() { DimParam = Free };

    /// <summary>The sizes of one picture's part, with the number of pictures before them where there is such a dimension.</summary>
    public long[] Before(params ReadOnlySpan<long> sizes) => HasAxis ? [Size, .. sizes] : [.. sizes];

    /// <summary>The number that a caller asks for; null for any.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public static int? Checked(int? count, string name) => count is null or >= 1
        ? count
        : throw new ArgumentOutOfRangeException(name, count, $"{name} is 1 or more, or null for any number of pictures in a run.");

    /// <summary>That of a model to be built.</summary>
    /// <exception cref="ArgumentException">The form <see cref="AttentionForm.Merged"/> is to take several.</exception>
    public static PicturesPerRun For(int? batchSize, AttentionForm form) => form != AttentionForm.Merged || batchSize == 1
        ? new(batchSize)
        : throw new ArgumentException(
            $"The form {nameof(AttentionForm.Merged)} takes one picture in a run: it would hold the anchors' distances of all pictures at once. "
                + $"Set BatchSize to 1, or Form to {nameof(AttentionForm.Aggregated)}.",
            "options");

    /// <summary>Reads it off the first dimension of a tensor; null where there is none, or one of 0 or too many pictures.</summary>
    public static PicturesPerRun? Of(ValueInfoProto value) => value.Type?.TensorType?.Shape?.Dim is [var first, ..]
        ? !first.HasDimValue ? new(null) : first.DimValue is >= 1 and <= int.MaxValue ? new((int)first.DimValue) : null
        : null;

    /// <summary>The fixed sizes of one picture's part of a tensor; null when one is not fixed, or the number of pictures is another.</summary>
    public int[]? SizesOfOne(ValueInfoProto value) => HasAxis
        ? Of(value) == this ? TensorText.FixedShape(value, from: 1) : null
        : TensorText.FixedShape(value);

    /// <inheritdoc/>
    public override string ToString() => Count?.ToString(CultureInfo.InvariantCulture) ?? Free;
}
