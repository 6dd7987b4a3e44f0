using System.Numerics.Tensors;
using DiffSeg.Onnx.Format;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;

namespace DiffSeg.Onnx.Tests.Sam2;

/// <summary>
/// The attention of an encoder in plain C#: the picture normalised here, queries and keys as the unchanged encoder
/// computes them (found by their names), softmax and mean in double precision.
/// </summary>
internal static class AttentionReference
{
    private const int Tokens = 64 * 64;

    private static readonly double[] Mean = [0.485, 0.456, 0.406], Deviation = [0.229, 0.224, 0.225];

    /// <summary>The mean attention [4096, 4096].</summary>
    /// <param name="encoder">The encoder as ONNX.</param>
    /// <param name="image">[1, 3, 1024, 1024] in [-1, 1].</param>
    /// <param name="blocks">Blocks to average.</param>
    public static float[] Of(ModelProto encoder, float[] image, params int[] blocks)
    {
        string[] names = [.. blocks.SelectMany(b => new[] { Name(b, "Mul_1"), Name(b, "Mul_2") })];
        ModelProto model = encoder.Clone();
        model.Graph.Output.AddRange(names.Select(n => new ValueInfoProto { Name = n }));
        using var session = new InferenceSession(model.ToByteArray());
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(Normalised(image), [1, 3, 1024, 1024]);
        using var options = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, [model.Graph.Input[0].Name], [input], names);
        var sum = new double[Tokens * Tokens];
        int heads = 0;
        for (int block = 0; block < blocks.Length; block++)
        {
            heads += AddHeads(outputs[2 * block], outputs[(2 * block) + 1], sum);
        }

        return [.. sum.Select(s => (float)(s / heads))];
    }

    private static string Name(int block, string node) => $"/image_encoder/trunk/blocks.{block}/attn/{node}_output_0";

    private static float[] Normalised(float[] image)
    {
        int plane = image.Length / 3;
        return [.. image.Select((x, i) => (float)((((x + 1.0) / 2) - Mean[i / plane]) / Deviation[i / plane]))];
    }

    private static int AddHeads(OrtValue queries, OrtValue keys, double[] sum)
    {
        long[] shape = queries.GetTensorTypeAndShape().Shape;
        int heads = (int)shape[1], width = (int)shape[3];
        float[] q = queries.GetTensorDataAsSpan<float>().ToArray();
        float[] k = keys.GetTensorDataAsSpan<float>().ToArray();
        for (int head = 0; head < heads; head++)
        {
            float[] transposed = Transposed(k.AsSpan(head * width * Tokens, width * Tokens), width);
            int first = head * Tokens;
            Parallel.For(0, Tokens, row =>
            {
                var scores = new double[Tokens];
                ReadOnlySpan<float> query = q.AsSpan((first + row) * width, width);
                for (int column = 0; column < Tokens; column++)
                {
                    scores[column] = TensorPrimitives.Dot(query, transposed.AsSpan(column * width, width));
                }

                TensorPrimitives.SoftMax<double>(scores, scores);
                Span<double> target = sum.AsSpan(row * Tokens, Tokens);
                TensorPrimitives.Add(target, scores, target);
            });
        }

        return heads;
    }

    private static float[] Transposed(ReadOnlySpan<float> keys, int width)
    {
        var transposed = new float[keys.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            transposed[((i % Tokens) * width) + (i / Tokens)] = keys[i];
        }

        return transposed;
    }
}
