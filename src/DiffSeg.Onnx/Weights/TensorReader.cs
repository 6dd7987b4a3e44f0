using DiffSeg.Onnx.Format;
using Microsoft.Win32.SafeHandles;

namespace DiffSeg.Onnx.Weights;

/// <summary>Reads parts of tensors' values. The file that was read last stays open: tensors mostly share one.</summary>
internal sealed class TensorReader : IDisposable
{
    private string? _path;
    private SafeFileHandle? _file;

    /// <summary>Fills the destination with the values' bytes from an offset on.</summary>
    /// <exception cref="AttentionModelException">The file has changed since it was read, and is too short.</exception>
    public void Read(TensorProto tensor, long offset, Span<byte> destination)
    {
        if (!TensorReference.IsExternal(tensor))
        {
            tensor.RawData.Span.Slice((int)offset, destination.Length).CopyTo(destination);
            return;
        }

        var (path, start, _) = TensorReference.Of(tensor);
        SafeFileHandle file = Open(path);
        for (int done = 0; done < destination.Length;)
        {
            int read = RandomAccess.Read(file, destination[done..], start + offset + done);
            done += read > 0 ? read : throw new AttentionModelException(
                path, $"the {TensorReference.ByteLength(tensor)} bytes of tensor '{tensor.Name}' at {start}",
                $"a file of {RandomAccess.GetLength(file)} bytes", "It was changed while it was in use: try again.");
        }
    }

    public void Dispose() => _file?.Dispose();

    private SafeFileHandle Open(string path)
    {
        if (_file is null || _path != path)
        {
            _file?.Dispose();
            _file = File.OpenHandle(path, options: FileOptions.SequentialScan);
            _path = path;
        }

        return _file;
    }
}
