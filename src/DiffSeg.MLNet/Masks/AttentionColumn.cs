using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Masks;

/// <summary>
/// The shape of the attention that a column holds, read from its type or from the length of its value.
/// </summary>
internal static class AttentionColumn
{
    /// <summary>The shape that a vector type gives, or null where only the data can tell.</summary>
    /// <remarks>
    /// Understood are [..., heads, N, N] and [..., heads, h, w, h, w], with all leading dimensions taken as heads, and a
    /// bare length. N must be a square number: a map that is not square has to be given as a shape. Two sides that differ,
    /// such as the [anchors, N] of a model that merges in its graph, are no attention, whatever their product.
    /// </remarks>
    public static AttentionShape? ShapeOf(string column, VectorDataViewType type)
    {
        IReadOnlyList<int> d = type.Dimensions;
        if (!type.IsKnownSize)
        {
            return null;
        }

        if (d.Count >= 4 && d[^4] == d[^2] && d[^3] == d[^1] && d[^2] * d[^1] != d[^3])
        {
            return new AttentionShape(Product(d, d.Count - 4), d[^2], d[^1]);
        }

        if (d.Count(dimension => dimension > 1) < 2)
        {
            return ShapeOf(column, type.Size);
        }

        int side = (int)Math.Round(Math.Sqrt(d[^1]));
        return d[^2] == d[^1] && side > 1 && side * side == d[^1]
            ? new AttentionShape(Product(d, d.Count - 2), side, side)
            : throw NoShape(column, $"is of type {type}");
    }

    /// <summary>
    /// The shape of a square map with the most tokens that a length allows, for example 8 heads of 64 x 64.
    /// </summary>
    /// <exception cref="InvalidOperationException">No shape has this length.</exception>
    public static AttentionShape ShapeOf(string column, int length)
    {
        if (length < 1)
        {
            throw new InvalidOperationException($"Column '{column}' holds no attention: its vector is empty.");
        }

        for (int side = (int)Math.Sqrt(Math.Sqrt(length)) + 1; side > 1; side--)
        {
            long map = (long)side * side * side * side;
            if (length % map == 0)
            {
                return new AttentionShape((int)(length / map), side, side);
            }
        }

        throw NoShape(column, $"holds {length} values");
    }

    private static InvalidOperationException NoShape(string column, string found)
        => new($"Column '{column}' {found}, which is not [heads, N, N] for a square map of at least 2x2 tokens. "
            + "Give the shapes as AttentionShapes in the options, or use the attention model.");

    private static int Product(IReadOnlyList<int> dimensions, int count)
        => dimensions.Take(count).Aggregate(1, (product, dimension) => product * dimension);
}
