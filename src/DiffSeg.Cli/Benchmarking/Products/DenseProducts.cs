namespace DiffSeg.Cli.Benchmarking.Products;

/// <summary>
/// The two dense products that the first iteration is made of, anchors x maps and their logarithms, and nothing else:
/// [anchors, N] x [N, N] twice, the yardstick of everything measured here.
/// </summary>
internal sealed class DenseProducts : IDisposable
{
    private readonly MatrixProducts _products;
    private readonly MatrixProducts.Binding _binding;

    /// <summary>Prepares.</summary>
    /// <param name="anchors">Number of anchors.</param>
    /// <param name="tokens">Number of maps, and of values in each.</param>
    /// <param name="threads">Threads.</param>
    public DenseProducts(int anchors, int tokens, int threads)
    {
        var product = new Product(anchors, tokens, tokens);
        _products = new MatrixProducts(threads, product, product);
        _binding = _products.Bind(
            (Filled(anchors, tokens), Filled(tokens, tokens), new float[anchors * tokens]),
            (Filled(anchors, tokens), Filled(tokens, tokens), new float[anchors * tokens]));
    }

    /// <summary>Multiplications and additions.</summary>
    public double Operations => _products.Operations;

    /// <summary>Multiplies.</summary>
    public void Run() => _binding.Run();

    /// <inheritdoc/>
    public void Dispose()
    {
        _binding.Dispose();
        _products.Dispose();
    }

    // Attention has no denormals, which would be slow, and no zeros.
    private static float[] Filled(int rows, int columns)
    {
        float[] values = new float[(long)rows * columns];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = ((i % 251) + 1) / (251f * columns);
        }

        return values;
    }
}
