using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace DiffSeg.Onnx.Tests.Support;

/// <summary>Random values for the inputs of a network of Stable Diffusion, in the types and ranks that it declares.</summary>
internal static class RandomInputs
{
    private const int Tokens = 77;
    private const int LatentSide = 16;
    private const int ImageSide = 64;

    /// <summary>Runs a network on them; the same values each time.</summary>
    public static IReadOnlyList<float[]> Run(InferenceSession session)
    {
        var random = new Random(1);
        NamedOnnxValue[] inputs = [.. session.InputMetadata.Select(i => Value(i.Key, i.Value, session, random))];
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> outputs = session.Run(inputs);
        return [.. outputs.Select(o => Floats(o))];
    }

    private static NamedOnnxValue Value(string name, NodeMetadata input, InferenceSession session, Random random)
    {
        int[] shape = [.. input.Dimensions.Select((size, axis) => size > 0 ? size : Size(name, axis, session))];
        int count = shape.Aggregate(1, (a, b) => a * b);
        double[] values = [.. Enumerable.Range(0, count).Select(_ => name switch
        {
            "timestep" => 300,
            "input_ids" => random.Next(1000),
            _ => random.NextDouble() * 2 - 1,
        })];
        return input.ElementDataType switch
        {
            TensorElementType.Float => Named<float>(v => (float)v),
            TensorElementType.Float16 => Named(v => (Float16)(float)v),
            TensorElementType.Int64 => Named<long>(v => (long)v),
            TensorElementType.Int32 => Named<int>(v => (int)v),
            var other => throw new NotSupportedException($"Input '{name}' is of type {other}."),
        };

        NamedOnnxValue Named<T>(Func<double, T> convert) =>
            NamedOnnxValue.CreateFromTensor(name, new DenseTensor<T>(values.Select(convert).ToArray(), shape));
    }

    private static int Size(string name, int axis, InferenceSession session) => (name, axis) switch
    {
        (_, 0) => 1,
        ("sample", 1) => IsUNet(session) ? 4 : 3,
        ("sample", _) => IsUNet(session) ? LatentSide : ImageSide,
        ("encoder_hidden_states" or "input_ids", 1) => Tokens,
        _ => throw new NotSupportedException($"Axis {axis} of input '{name}' has no fixed size."),
    };

    private static bool IsUNet(InferenceSession session) => session.InputMetadata.ContainsKey("timestep");

    private static float[] Floats(DisposableNamedOnnxValue value) => value.ElementType == TensorElementType.Float16
        ? [.. value.AsEnumerable<Float16>().Select(v => v.ToFloat())]
        : [.. value.AsEnumerable<float>()];
}
