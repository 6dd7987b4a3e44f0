using System.Runtime.InteropServices;
using Google.Protobuf;

namespace DiffSeg.Onnx.Format;

/// <summary>
/// Values as a tensor's raw_data holds them: little-endian, which is the order of every machine that ONNX Runtime
/// runs on.
/// </summary>
internal static class RawData
{
    public static ByteString Of<T>(ReadOnlySpan<T> values)
        where T : unmanaged => ByteString.CopyFrom(MemoryMarshal.AsBytes(values));
}
