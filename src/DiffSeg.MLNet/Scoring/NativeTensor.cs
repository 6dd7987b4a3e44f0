using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace DiffSeg.MLNet.Scoring;

/// <summary>
/// A float32 tensor in memory of ONNX Runtime's, which stays where it is and is used row after row. Given back by
/// <see cref="Dispose"/>, or by the garbage collector when nobody does: a prediction engine disposes no rows.
/// </summary>
internal sealed class NativeTensor : IDisposable
{
    private readonly long _bytes;
    private OrtValue? _value;

    public NativeTensor(IReadOnlyList<long> shape)
    {
        _bytes = sizeof(float) * shape.Aggregate(1L, (product, side) => checked(product * side));
        _value = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, TensorElementType.Float, [.. shape]);
        GC.AddMemoryPressure(_bytes);
    }

    ~NativeTensor() => Release();

    public OrtValue Value => _value ?? throw new ObjectDisposedException(nameof(NativeTensor));

    public ReadOnlySpan<float> Read() => Value.GetTensorDataAsSpan<float>();

    public Span<float> Write() => Value.GetTensorMutableDataAsSpan<float>();

    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    private void Release()
    {
        // An OrtValue has no finalizer of its own.
        if (Interlocked.Exchange(ref _value, null) is { } value)
        {
            value.Dispose();
            GC.RemoveMemoryPressure(_bytes);
        }
    }
}
