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
    /// <param name="hangs">Whether a run of it never ends.</param>
    public static string Write(
        string path, int[]? sides = null, float sharpness = 4, int? timeStep = null, int height = Side, bool hangs = false)
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
        if (hangs)
        {
            image = graph.Node("Loop", [null, null, image], "loop", EndlessBody());
        }

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

    // A loop without a number of rounds, whose condition stays what it is.
    private static AttributeProto EndlessBody() => new()
    {
        Name = "body",
        Type = AttributeProto.Types.Type.Graph,
        G = new GraphProto
        {
            Name = "round",
            Input = { Scalar("number", TensorProto.Types.ElementType.Int64), Scalar("go_on", TensorProto.Types.ElementType.Bool), Picture("before") },
            Node =
            {
                new NodeProto { OpType = "Identity", Input = { "go_on" }, Output = { "goes_on" } },
                new NodeProto { OpType = "Identity", Input = { "before" }, Output = { "after" } },
            },
            Output = { Scalar("goes_on", TensorProto.Types.ElementType.Bool), Picture("after") },
        },
    };

    private static ValueInfoProto Scalar(string name, TensorProto.Types.ElementType type) => Tensor(name, type, new TensorShapeProto());

    private static ValueInfoProto Picture(string name) => Tensor(name, TensorProto.Types.ElementType.Float, null);

    private static ValueInfoProto Tensor(string name, TensorProto.Types.ElementType type, TensorShapeProto? shape) => new()
    {
        Name = name,
        Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = shape } },
    };
}
