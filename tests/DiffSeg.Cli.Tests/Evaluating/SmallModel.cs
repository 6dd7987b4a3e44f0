using System.Globalization;
using DiffSeg.Onnx;
using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Graphs;
using Google.Protobuf;

namespace DiffSeg.Cli.Tests.Evaluating;

/// <summary>Attention models by colour that run in a moment: 64 x 64 pixels, attention of 16 x 16 and 8 x 8 tokens.</summary>
internal static class SmallModel
{
    public const int Side = 64;

    /// <summary>Writes one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sides">Sides of its attention, finest first.</param>
    /// <param name="sharpness">How much alike colours must be to attend to one another.</param>
    /// <param name="timeStep">The time step that a diffusion model has.</param>
    /// <param name="height">Rows of its input.</param>
    public static string Write(string path, int[]? sides = null, float sharpness = 4, int? timeStep = null, int height = Side)
    {
        sides ??= [16, 8];
        var model = new ModelProto
        {
            IrVersion = 8,
            Graph = new GraphProto { Name = "small" },
            OpsetImport = { new OperatorSetProto { Domain = "", Version = 17 } },
        };
        var graph = new GraphBuilder(model.Graph);
        Value image = graph.Input("image", 1, 3, height, Side);
        foreach (int side in sides)
        {
            Value tokens = image.Reshape([3, side, height / side, side, Side / side]).Mean(2, 4).Reshape([3, side * side]);
            (tokens.Transpose().MatMul(tokens) * sharpness).Softmax(-1, $"attention_{side}");
            graph.Output(graph[$"attention_{side}"], side * side, side * side);
        }

        List<(string Key, string Value)> metadata =
        [
            (AttentionModelMetadata.Format, "1"), (AttentionModelMetadata.Form, "resolutions"),
            (AttentionModelMetadata.Outputs, string.Join(';', sides.Select(side => $"attention_{side}={side}x{side}"))),
            (AttentionModelMetadata.KlThreshold, "0.7"),
        ];
        if (timeStep is { } step)
        {
            metadata.Add((AttentionModelMetadata.TimeStep, step.ToString(CultureInfo.InvariantCulture)));
        }

        foreach ((string key, string value) in metadata)
        {
            model.MetadataProps.Add(new MetadataEntryProto { Key = key, Value = value });
        }

        File.WriteAllBytes(path, model.ToByteArray());
        return path;
    }
}
