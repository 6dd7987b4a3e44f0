using DiffSeg.Onnx.Graphs;

namespace DiffSeg.Onnx.Demo;

/// <summary>All pairwise squared distances of tokens as one matrix product, exact to about 1e-6 in float32.</summary>
internal static class DemoAffinity
{
    // Coarse parts are multiples of 1/64 of at most 45 (CIELAB's gamut at the demo's temperature reaches 30): products
    // and sums of such numbers stay below 2^24 units and are exact in float32.
    private const double CoarseUnits = 64;

    /// <summary>
    /// <c>-|f_i - f_j|² - |p_i - p_j|²</c> up to a term that is equal along row i, which a row softmax does not see.
    /// </summary>
    /// <remarks>
    /// The usual <c>2 g_i·g_j - |g_j|²</c> is a difference of large numbers where colours are vivid, and float32 then
    /// errs by up to 1e-4. So features are split into a coarse part c, whose products are exact, and a small rest e
    /// (which for positions is all): with g = c + e and distances of c first, in order of summation,
    /// <code>
    /// 2 c_i·c_j - |c_j|² - |c_i|²  +  2 c_i·e_j + 2 e_i·g_j - (2 c_j·e_j + |e_j|²)
    /// </code>
    /// </remarks>
    /// <param name="features">[pictures, features, tokens].</param>
    /// <param name="positions">[1, 2, tokens].</param>
    /// <param name="tokens">Number of tokens.</param>
    /// <returns>[pictures, tokens, tokens].</returns>
    public static Value NegativeSquaredDistances(Value features, Value positions, int tokens)
    {
        GraphBuilder graph = features.Graph;
        Value ones = EachPicture(features, graph.Constant($"ones_{tokens}", Enumerable.Repeat(1f, tokens).ToArray(), 1, 1, tokens), 1, tokens);
        Value places = EachPicture(features, positions, 2, tokens);

        Value coarse = (features * CoarseUnits).Round() * (1 / CoarseUnits);
        Value fine = features - coarse;
        Value rest = fine.Concat(1, places);
        Value whole = features.Concat(1, places);

        Value coarseSquares = SumOfProducts(coarse, coarse);
        Value restSquares = SumOfProducts(coarse, fine) * 2 + SumOfProducts(rest, rest);
        Value twice = coarse * 2;
        Value queries = twice.Concat(1, ones, coarseSquares, twice, rest * 2, ones);
        Value keys = coarse.Concat(1, coarseSquares * -1, ones * -1, fine, whole, restSquares * -1);
        return queries.Transpose([0, 2, 1]).MatMul(keys);
    }

    /// <summary>A constant [1, rows, tokens] once for each picture.</summary>
    private static Value EachPicture(Value features, Value constant, int rows, int tokens) =>
        constant.Expand(features.Sizes(0, 1).Concat(0, features.Graph.Integers([rows, tokens])));

    private static Value SumOfProducts(Value a, Value b) => (a * b).Sum(a.Graph.Index(1));
}
