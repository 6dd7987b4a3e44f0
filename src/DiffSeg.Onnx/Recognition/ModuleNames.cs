using System.Text.RegularExpressions;
using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Graphs;

namespace DiffSeg.Onnx.Recognition;

/// <summary>
/// The names of attention modules as far as the exporter kept them: in the names of nodes and values (torch 1.13 and
/// later), or in that of the bias behind the output projection (older ones). For reports only.
/// </summary>
internal sealed partial class ModuleNames(GraphProto graph)
{
    // From the Softmax: product, reshape, transpose, reshape, projection, bias; a few more where operators were written out.
    private const int Reach = 10;

    private readonly ILookup<string, NodeProto> _users = graph.Node
        .SelectMany(n => GraphCut.UsedBy(n).Select(name => (name, n)))
        .ToLookup(pair => pair.name, pair => pair.n);

    /// <summary>For example <c>down_blocks.0.attentions.1.transformer_blocks.0.attn1</c>; the node's own name where no module is named.</summary>
    public string Of(NodeProto softmax)
    {
        NodeProto? node = softmax;
        for (int step = 0; step < Reach && node is not null; step++)
        {
            string[] names = [node.Name, .. node.Output, .. node.Input];
            if (names.Select(n => Module().Match(n)).FirstOrDefault(m => m.Success) is { } match)
            {
                return match.Value.Replace('/', '.');
            }

            node = node.Output.SelectMany(o => _users[o]).FirstOrDefault();
        }

        return softmax.Name;
    }

    [GeneratedRegex(@"[A-Za-z][\w.]*(/[\w.]+)*?[./]transformer_blocks[./]\d+[./]attn1(?=[./])")]
    private static partial Regex Module();
}
