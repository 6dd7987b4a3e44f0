using DiffSeg.Onnx.Aggregation;
using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Graphs;

namespace DiffSeg.Onnx.Sam2;

/// <summary>The part of an encoder that is kept: from a picture in [-1, 1] to the attention of the last chosen block.</summary>
internal static class Trunk
{
    /// <summary>Name of the model's input.</summary>
    public const string ImageName = "image";

    /// <summary>Rewrites an encoder in place.</summary>
    /// <param name="graph">The encoder.</param>
    /// <param name="operatorSet">Version of its standard operators.</param>
    /// <param name="image">Name of its input.</param>
    /// <param name="attentions">All its global attention, in the order of execution.</param>
    /// <param name="chosen">Those of it that are averaged.</param>
    /// <returns>Name of its only output then: the sum of their probabilities over heads and blocks, [1, 1, tokens, tokens].</returns>
    public static string Cut(
        GraphProto graph, long operatorSet, string image, IReadOnlyList<EncoderAttention> attentions, IReadOnlyList<EncoderAttention> chosen)
    {
        List<NodeProto> nodes = [.. graph.Node];
        Rename(graph, image);
        var builder = new GraphBuilder(graph, operatorSet);
        graph.Node.Clear();
        Value normal = ImageNormalisation.Append(builder[ImageName]);
        var heads = new HeadByHead(builder);
        foreach (NodeProto node in nodes)
        {
            Replace(node.Input, ImageName, normal.Name);
            if (attentions.FirstOrDefault(a => node == a.Result) is { } attention)
            {
                bool isLast = attention == chosen[^1];
                heads.Append(attention, chosen.Contains(attention), isLast);
                if (isLast)
                {
                    break;
                }
            }
            else if (!attentions.Any(a => node == a.Scores || node == a.Softmax))
            {
                builder.Add(node);
            }
        }

        string sum = heads.Sum!.Value.Name;
        graph.Output.Clear();
        graph.Output.Add(new ValueInfoProto { Name = sum });
        GraphCut.Prune(graph);
        return sum;
    }

    /// <summary>Appends the outputs of a form.</summary>
    /// <param name="graph">The encoder, cut.</param>
    /// <param name="operatorSet">Version of its standard operators.</param>
    /// <param name="sum">What <see cref="Cut"/> gave, of one or several pictures.</param>
    /// <param name="options">What is to become of it.</param>
    /// <param name="pictures">How many pictures it is of.</param>
    /// <returns>The output.</returns>
    public static IReadOnlyList<OutputGrid> Finish(
        GraphProto graph, long operatorSet, string sum, Sam2AttentionOptions options, PicturesPerRun pictures)
    {
        graph.Output.Clear();
        var builder = new GraphBuilder(graph, operatorSet);

        // One layer of one head: the mean over heads and blocks is their sum, divided by its own sum along each row.
        var mean = new LayerValue(builder[sum], 1, EncoderAttentionFinder.GridSide, EncoderAttentionFinder.GridSide) { Pictures = pictures };
        IReadOnlyList<OutputGrid> outputs = AggregationGraph.Append(builder, [mean], options.Form, options.FirstMerge, options.KlThreshold);
        GraphCut.Prune(graph);
        return outputs;
    }

    private static void Rename(GraphProto graph, string image)
    {
        if (image != ImageName)
        {
            // A value of that name, if there is one, makes room.
            GraphNames.Rename(graph, name => name == ImageName ? $"{ImageName}_of_encoder" : name == image ? ImageName : name);
        }
    }

    private static void Replace(IList<string> names, string old, string replacement)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (names[i] == old)
            {
                names[i] = replacement;
            }
        }
    }
}
