using System.Numerics.Tensors;
using DiffSeg.Cli.Benchmarking.Products;

namespace DiffSeg.Cli.Benchmarking.Oracles;

/// <summary>
/// The plain formulation by matrix products: D(x, y) = (H(x) + H(y) - x.ln y - y.ln x) / 2 with H(x) = sum x ln x, both
/// products dense, by ONNX Runtime. Good to about 5e-5, which decides a few pairs near the threshold the other way.
/// </summary>
/// <param name="settings">What to compute.</param>
internal sealed class TwoProductFormulation(FormulationSettings settings) : Formulation(settings)
{
    private readonly Dictionary<(int, int), MatrixProducts> _products = [];

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        foreach (MatrixProducts products in _products.Values)
        {
            products.Dispose();
        }
    }

    /// <inheritdoc/>
    protected override void FirstDistances(
        float[] maps, int[] anchors, int tokens, float[] distances, CancellationToken cancellationToken) =>
        Distances(maps, tokens, anchors, tokens, distances);

    /// <inheritdoc/>
    protected override Func<int, float[]> LaterDistances(float[] proposals, int count, int tokens)
    {
        float[] distances = new float[count * count];
        Distances(proposals, count, [.. Enumerable.Range(0, count)], tokens, distances);
        return proposal => distances[(proposal * count)..((proposal + 1) * count)];
    }

    private void Distances(float[] maps, int count, int[] anchors, int tokens, float[] distances)
    {
        float[] logarithms = Buffers.Get("logarithms", count * tokens);
        float[] entropies = new float[count];
        InRows.For(count, Settings.Threads, (begin, end) =>
        {
            TensorPrimitives.Log(maps.AsSpan(begin * tokens, (end - begin) * tokens), logarithms.AsSpan(begin * tokens));
            for (int map = begin; map < end; map++)
            {
                entropies[map] = TensorPrimitives.Dot<float>(maps.AsSpan(map * tokens, tokens), logarithms.AsSpan(map * tokens, tokens));
            }
        });

        // Maps x anchors, so that only the few anchors need transposing: [count, tokens] x [tokens, anchors].
        (float[] x, float[] logX) = (Transposed(maps, anchors, tokens, "x"), Transposed(logarithms, anchors, tokens, "log x"));
        float[] first = Buffers.Get("first product", count * anchors.Length);
        float[] second = Buffers.Get("second product", count * anchors.Length);
        using (MatrixProducts.Binding products = Products(count, anchors.Length, tokens).Bind((logarithms, x, first), (maps, logX, second)))
        {
            products.Run();
        }

        // D in place of the first product, map by map, then turned round to [anchors, maps].
        float[] anchorEntropies = [.. anchors.Select(anchor => entropies[anchor])];
        InRows.For(count, Settings.Threads, (begin, end) =>
        {
            for (int map = begin; map < end; map++)
            {
                Span<float> row = first.AsSpan(map * anchors.Length, anchors.Length);
                TensorPrimitives.Add(row, second.AsSpan(map * anchors.Length, anchors.Length), row);
                TensorPrimitives.Subtract(anchorEntropies, row, row);
                TensorPrimitives.Add(row, entropies[map], row);
                TensorPrimitives.Divide(row, 2, row);
            }
        });
        PlainTranspose.Run(first, count, anchors.Length, distances, Settings.Threads);
    }

    private float[] Transposed(float[] maps, int[] anchors, int tokens, string name)
    {
        float[] chosen = Buffers.Get("anchors", anchors.Length * tokens);
        for (int anchor = 0; anchor < anchors.Length; anchor++)
        {
            maps.AsSpan(anchors[anchor] * tokens, tokens).CopyTo(chosen.AsSpan(anchor * tokens));
        }

        float[] transposed = Buffers.Get(name, anchors.Length * tokens);
        PlainTranspose.Run(chosen, anchors.Length, tokens, transposed, Settings.Threads);
        return transposed;
    }

    private MatrixProducts Products(int maps, int anchors, int tokens)
    {
        if (!_products.TryGetValue((maps, anchors), out MatrixProducts? products))
        {
            var product = new Product(maps, tokens, anchors);
            _products[(maps, anchors)] = products = new MatrixProducts(Settings.Threads, product, product);
        }

        return products;
    }
}
