using DiffSeg.Onnx;
using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Graphs;
using Google.Protobuf;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Tests.Support;

/// <summary>
/// An attention model by colour that runs in a moment: 32 x 32 pixels, attention of 16 x 16 and 8 x 8 tokens, for one picture,
/// a fixed number of them or any.
/// </summary>
internal sealed class SmallModel : IDisposable
{
    public const int Side = 32;
    private readonly TemporaryFolder _folder = new();

    public SmallModel(int? pictures = 1)
    {
        var model = new ModelProto
        {
            IrVersion = 8,
            Graph = new GraphProto { Name = "small" },
            OpsetImport = { new OperatorSetProto { Domain = "", Version = 17 } },
        };
        var graph = new GraphBuilder(model.Graph);
        Value image = graph.Input("image", pictures ?? GraphBuilder.Free, 3, Side, Side);
        AddOutput(graph, image, 16, pictures);
        AddOutput(graph, image, 8, pictures);
        foreach ((string key, string value) in new[]
        {
            (AttentionModelMetadata.Format, "1"), (AttentionModelMetadata.Form, "resolutions"),
            (AttentionModelMetadata.Outputs, "fine_16=16x16;fine_8=8x8"), (AttentionModelMetadata.KlThreshold, "1"),
        })
        {
            model.MetadataProps.Add(new MetadataEntryProto { Key = key, Value = value });
        }

        File.WriteAllBytes(_folder.File("small.onnx"), model.ToByteArray());
        Model = AttentionModel.Load(_folder.File("small.onnx"));
    }

    public AttentionModel Model { get; }

    /// <summary>Rows of pixels, numbered, made as they are read.</summary>
    public static IDataView Pixels(MLContext ml, int rows) => Pixels(ml, Rows(rows));

    public static IDataView Pixels(MLContext ml, IEnumerable<PixelsRow> rows) => ml.Data.LoadFromEnumerable(rows);

    public static IEnumerable<PixelsRow> Rows(int count) => Enumerable.Range(0, count).Select(Row);

    public static PixelsRow Row(int index) => new()
    {
        Number = index,
        Name = $"row {index}",
        Pair = [index, -index],
        Image = Data.TestData.PixelsOf(Side, Data.TestData.Regions(index)),
    };

    public void Dispose() => _folder.Dispose();

    // Tokens are the means of their pixels; alike colours attend to one another. A model of one picture has no dimension for
    // its number.
    private static void AddOutput(GraphBuilder graph, Value image, int side, int? pictures)
    {
        int cell = Side / side;
        long[] leading = pictures == 1 ? [] : [0];
        long[] declared = pictures == 1 ? [] : [pictures ?? GraphBuilder.Free];
        int first = leading.Length;
        Value tokens = image.Reshape([.. leading, 3, side, cell, side, cell]).Mean(first + 2, first + 4).Reshape([.. leading, 3, side * side]);
        Value queries = tokens.Transpose(first == 0 ? [1, 0] : [0, 2, 1]);
        (queries.MatMul(tokens) * 4).Softmax(-1, $"fine_{side}");
        graph.Output(graph[$"fine_{side}"], [.. declared, side * side, side * side]);
    }

    internal sealed class PixelsRow
    {
        public int Number { get; set; }

        public string Name { get; set; } = "";

        [VectorType(2)]
        public float[] Pair { get; set; } = [];

        [ColumnName("image")]
        [VectorType(3, Side, Side)]
        public float[] Image { get; set; } = [];
    }
}
