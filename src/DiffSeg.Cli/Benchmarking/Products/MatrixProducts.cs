using Microsoft.ML.OnnxRuntime;

namespace DiffSeg.Cli.Benchmarking.Products;

/// <summary>Matrix products by ONNX Runtime: what the best library at hand takes for them.</summary>
internal sealed class MatrixProducts : IDisposable
{
    private readonly IReadOnlyList<Product> _products;
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();

    /// <summary>Prepares.</summary>
    /// <param name="threads">Threads of ONNX Runtime, this one included.</param>
    /// <param name="products">The shapes of the products, done one after the other.</param>
    public MatrixProducts(int threads, params IReadOnlyList<Product> products)
    {
        _products = products;
        using var options = new SessionOptions
        {
            IntraOpNumThreads = threads,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };

        // Threads that wait in a loop for the next product would slow down whatever is measured next.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        _session = new InferenceSession(ProductModel.Of(products), options);
    }

    /// <summary>Multiplications and additions of all products.</summary>
    public double Operations => _products.Sum(product => product.Operations);

    /// <summary>Binds memory to the products; it is read and written at each <see cref="Binding.Run"/>.</summary>
    /// <param name="operands">For each product the left, the right and the result's memory, row-major.</param>
    /// <returns>The binding; to be disposed.</returns>
    public Binding Bind(params IReadOnlyList<(float[] Left, float[] Right, float[] Result)> operands) => new(this, operands);

    /// <inheritdoc/>
    public void Dispose()
    {
        _options.Dispose();
        _session.Dispose();
    }

    /// <summary>Memory bound to the products.</summary>
    internal sealed class Binding : IDisposable
    {
        private readonly MatrixProducts _owner;
        private readonly OrtIoBinding _binding;
        private readonly List<OrtValue> _values = [];

        /// <inheritdoc cref="Bind"/>
        public Binding(MatrixProducts owner, IReadOnlyList<(float[] Left, float[] Right, float[] Result)> operands)
        {
            _owner = owner;
            _binding = owner._session.CreateIoBinding();
            for (int i = 0; i < operands.Count; i++)
            {
                Product product = owner._products[i];
                _binding.BindInput($"l{i}", Matrix(operands[i].Left, product.Rows, product.Inner));
                _binding.BindInput($"r{i}", Matrix(operands[i].Right, product.Inner, product.Columns));
                _binding.BindOutput($"p{i}", Matrix(operands[i].Result, product.Rows, product.Columns));
            }
        }

        /// <summary>Multiplies.</summary>
        public void Run() => _owner._session.RunWithBinding(_owner._options, _binding);

        /// <inheritdoc/>
        public void Dispose()
        {
            _binding.Dispose();
            _values.ForEach(value => value.Dispose());
        }

        private OrtValue Matrix(float[] values, int rows, int columns)
        {
            var matrix = OrtValue.CreateTensorValueFromMemory(
                OrtMemoryInfo.DefaultInstance, values.AsMemory(0, rows * columns), [rows, columns]);
            _values.Add(matrix);
            return matrix;
        }
    }
}
