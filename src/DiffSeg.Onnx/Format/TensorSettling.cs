using DiffSeg.Onnx.Weights;

namespace DiffSeg.Onnx.Format;

/// <summary>
/// Brings the values of each tensor of a model that was read into one of two forms: raw_data, or a checked reference.
/// </summary>
/// <param name="path">Full path of the .onnx file.</param>
/// <param name="left">The tensors whose values stayed in that file.</param>
internal sealed class TensorSettling(string path, IReadOnlyDictionary<TensorProto, OnnxModelScanner.Range> left)
{
    private readonly ExternalDataFolder _folder = new(path);

    /// <exception cref="AttentionModelException">The external file will not do.</exception>
    /// <exception cref="InvalidDataException">The tensor contradicts itself.</exception>
    public void Settle(TensorProto tensor)
    {
        if (tensor.DataType == (int)TensorProto.Types.ElementType.String)
        {
            if (ElementTypes.Count(tensor) != tensor.StringData.Count)
            {
                throw new InvalidDataException($"tensor '{tensor.Name}' of shape {ElementTypes.Shape(tensor)} with {tensor.StringData.Count} strings");
            }

            return;
        }

        long expected = ElementTypes.Bytes(tensor)
            ?? throw new InvalidDataException($"tensor '{tensor.Name}' of the unknown element type {tensor.DataType}");
        if (left.TryGetValue(tensor, out OnnxModelScanner.Range place))
        {
            EnsureLength(tensor, place.Length, expected);
            TensorReference.Refer(tensor, path, place.Offset, place.Length);
        }
        else if (TensorReference.IsExternal(tensor))
        {
            var (file, offset) = _folder.Find(tensor, expected);
            TensorReference.Refer(tensor, file, offset, expected);
        }
        else
        {
            if (tensor.RawData.IsEmpty)
            {
                TypedData.MoveToRaw(tensor);
            }

            EnsureLength(tensor, tensor.RawData.Length, expected);
        }
    }

    private static void EnsureLength(TensorProto tensor, long length, long expected)
    {
        if (length != expected)
        {
            throw new InvalidDataException(
                $"tensor '{tensor.Name}' of shape {ElementTypes.Shape(tensor)} with {length} bytes instead of {expected}");
        }
    }
}
