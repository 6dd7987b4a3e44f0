using System.Runtime.InteropServices;
using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Weights;
using Google.Protobuf;
using ElementType = DiffSeg.Onnx.Format.TensorProto.Types.ElementType;

namespace DiffSeg.Onnx.Tests.Exports;

/// <summary>
/// A small U-Net widened to the width of a real one, by random weights in a data file of gigabytes: every axis of a
/// weight that counts channels, which are multiples of 16, is multiplied. Heads become as many times wider.
/// </summary>
internal static class InflatedUNet
{
    private const int Block = 1 << 22; // floats
    private const string DataFile = "weights.pb";

    /// <summary>Writes unet/ of a widened export; gives the bytes of its weights.</summary>
    /// <param name="unet">The small U-Net's .onnx file, with names of modules.</param>
    /// <param name="export">The folder of the new export.</param>
    /// <param name="factor">How many times wider.</param>
    public static long Write(string unet, string export, int factor)
    {
        ModelProto model = OnnxModelFile.Read(unet);
        string folder = Directory.CreateDirectory(Path.Combine(export, "unet")).FullName;
        var random = new Random(1);
        using FileStream stream = File.Create(Path.Combine(folder, DataFile), 1 << 20);
        foreach (TensorProto tensor in model.Graph.Initializer)
        {
            if (tensor.DataType == (int)ElementType.Float && tensor.Dims.Any(IsWidth))
            {
                Widen(tensor, stream, random, factor);
            }
            else
            {
                byte[] bytes = TensorReference.ReadBytes(tensor);
                tensor.ExternalData.Clear();
                tensor.ClearDataLocation();
                tensor.RawData = ByteString.CopyFrom(bytes);
            }
        }

        File.WriteAllBytes(Path.Combine(folder, "model.onnx"), model.ToByteArray());
        return stream.Length;
    }

    private static bool IsWidth(long size) => size % 16 == 0;

    private static void Widen(TensorProto tensor, FileStream stream, Random random, int factor)
    {
        // The sinusoids of the time step are not weights, and keep their number.
        bool takesSinusoids = tensor.Name.EndsWith("time_embedding.linear_1.weight", StringComparison.Ordinal);
        long[] dims = [.. tensor.Dims.Select((d, axis) => IsWidth(d) && !(takesSinusoids && axis == 1) ? d * factor : d)];
        long count = dims.Aggregate(1L, (a, b) => a * b);

        // Uniform, of such a size that a layer keeps the variance of what it is given; norms scale by about 1.
        bool isVector = dims.Count(d => d > 1) < 2;
        float mean = isVector && tensor.Name.EndsWith(".weight", StringComparison.Ordinal) ? 1 : 0;
        float scale = isVector ? 0.01f : 1.7f / MathF.Sqrt(dims.Length == 4 ? count / dims[0] : dims[0]);
        long offset = stream.Position;
        var block = new float[Math.Min(Block, count)];
        for (long done = 0; done < count; done += block.Length)
        {
            Span<float> part = block.AsSpan(0, (int)Math.Min(block.Length, count - done));
            random.NextBytes(MemoryMarshal.AsBytes(part));
            Span<uint> bits = MemoryMarshal.Cast<float, uint>(part);
            for (int i = 0; i < part.Length; i++)
            {
                part[i] = mean + (((bits[i] >> 8) / (float)(1 << 23)) - 1) * scale;
            }

            stream.Write(MemoryMarshal.AsBytes(part));
        }

        tensor.Dims.Clear();
        tensor.Dims.AddRange(dims);
        TensorReference.Refer(tensor, DataFile, offset, count * sizeof(float));
    }
}
