using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Mapping;

/// <summary>Reads vectors whose zeros may be left out, in memory that is used again row after row.</summary>
internal sealed class DenseVector<T>
{
    private VBuffer<T> _dense;

    /// <summary>All values, in place where none is left out; valid until the next call.</summary>
    public ReadOnlySpan<T> Of(in VBuffer<T> values)
    {
        if (values.IsDense)
        {
            return values.GetValues();
        }

        values.CopyToDense(ref _dense);
        return _dense.GetValues();
    }
}
