using System.Globalization;
using DiffSeg.Onnx.Format;
using ElementType = DiffSeg.Onnx.Format.TensorProto.Types.ElementType;

namespace DiffSeg.Onnx.Weights;

/// <summary>
/// Tensors whose values may lie in a file. In memory such a tensor is a reference: data_location EXTERNAL, and in
/// external_data the full path, offset and length of its values. (In a file, the path is relative.)
/// </summary>
internal static class TensorReference
{
    private const string Location = "location", Offset = "offset", Length = "length";

    public static bool IsExternal(TensorProto tensor) => tensor.DataLocation == TensorProto.Types.DataLocation.External;

    /// <summary>Where the values of a reference lie.</summary>
    public static (string Path, long Offset, long Length) Of(TensorProto tensor) =>
        (Entry(tensor, Location), Number(tensor, Offset), Number(tensor, Length));

    /// <summary>Makes a tensor a reference, instead of the values that it has.</summary>
    public static void Refer(TensorProto tensor, string path, long offset, long length)
    {
        tensor.ClearRawData();
        tensor.DataLocation = TensorProto.Types.DataLocation.External;
        tensor.ExternalData.Clear();
        tensor.ExternalData.Add(new MetadataEntryProto { Key = Location, Value = path });
        tensor.ExternalData.Add(new MetadataEntryProto { Key = Offset, Value = Text(offset) });
        tensor.ExternalData.Add(new MetadataEntryProto { Key = Length, Value = Text(length) });
    }

    /// <summary>Bytes of the values, wherever they are.</summary>
    public static long ByteLength(TensorProto tensor) => IsExternal(tensor) ? Number(tensor, Length) : tensor.RawData.Length;

    /// <summary>All values as raw_data holds them: little-endian, row-major.</summary>
    /// <exception cref="AttentionModelException">The file has changed since it was read, and is too short.</exception>
    public static byte[] ReadBytes(TensorProto tensor)
    {
        if (!IsExternal(tensor))
        {
            return tensor.RawData.ToByteArray();
        }

        var bytes = new byte[Number(tensor, Length)];
        using var reader = new TensorReader();
        reader.Read(tensor, 0, bytes);
        return bytes;
    }

    /// <summary>All values of a tensor of real numbers as float32, row-major.</summary>
    /// <exception cref="ArgumentException">The elements are not real numbers.</exception>
    /// <exception cref="AttentionModelException">The file has changed since it was read, and is too short.</exception>
    public static float[] ReadFloats(TensorProto tensor)
    {
        var values = new float[ElementTypes.Count(tensor)];
        RealNumbers.ToSingle((ElementType)tensor.DataType, ReadBytes(tensor), values);
        return values;
    }

    /// <summary>A float32 tensor with its values in memory.</summary>
    public static TensorProto FromFloats(string name, ReadOnlySpan<long> dims, ReadOnlySpan<float> values) => new()
    {
        Name = name,
        Dims = { dims.ToArray() },
        DataType = (int)ElementType.Float,
        RawData = RawData.Of(values),
    };

    private static string Entry(TensorProto tensor, string key) => tensor.ExternalData.Single(e => e.Key == key).Value;

    private static long Number(TensorProto tensor, string key) => long.Parse(Entry(tensor, key), CultureInfo.InvariantCulture);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
