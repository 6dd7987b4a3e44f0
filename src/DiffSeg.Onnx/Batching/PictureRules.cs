using DiffSeg.Onnx.Graphs;

namespace DiffSeg.Onnx.Batching;

/// <summary>What an operator needs so that pictures stay apart and first.</summary>
internal static class PictureRules
{
    private const string Mixes = "mixes or moves the first axis, which holds the pictures";
    private const string Unknown = "is of an operator that is not known to keep pictures apart";

    /// <summary>Takes a node over, changed where that is needed; else says what is wrong.</summary>
    private delegate string? Rule(PictureNode node);

    private static readonly Dictionary<string, Rule> Rules = new Dictionary<Rule, string[]>
    {
        [ByElement] =
        [
            "Abs", "Add", "And", "Cast", "Ceil", "Clip", "Cos", "Div", "Equal", "Erf", "Exp", "Floor", "Gelu", "Greater", "GreaterOrEqual", "HardSigmoid",
            "HardSwish", "Identity", "LeakyRelu", "Less", "LessOrEqual", "Log", "Max", "Min", "Mul", "Neg", "Not", "Or", "Pow", "Reciprocal", "Relu", "Round",
            "Sigmoid", "Sin", "Softplus", "Sqrt", "Sub", "Tanh", "Where", "com.microsoft:BiasGelu", "com.microsoft:FastGelu", "com.microsoft:Gelu",
            "com.microsoft:QuickGelu",
        ],
        [SumOfRows] = ["com.microsoft:SkipLayerNormalization"],
        [Product] = ["MatMul"],
        [PerPicture] = ["AveragePool", "Conv", "ConvTranspose", "GlobalAveragePool", "GroupNormalization", "InstanceNormalization", "MaxPool"],
        [AlongAxis] = ["LayerNormalization", "Softmax"],
        [OverAxes] = ["ReduceMax", "ReduceMean", "ReduceMin", "ReduceSum", "Squeeze"],
        [Joined] = ["Concat"],
        [Divided] = ["Gather", "Split"],
        [Cut] = ["Slice"],
        [Inserted] = ["Unsqueeze"],
        [Affine] = ["Gemm"],
        [Reshaped] = ["Reshape"],
        [Expanded] = ["Expand"],
        [Moved] = ["Transpose"],
        [Padded] = ["Pad"],
        [Resized] = ["Resize"],
    }.SelectMany(rule => rule.Value.Select(name => (name, rule.Key))).ToDictionary(pair => pair.name, pair => pair.Key);

    /// <summary>Takes a node over, changed where that is needed.</summary>
    /// <returns>Null, or what is wrong with it.</returns>
    public static string? Apply(PictureNode node) => Rules.TryGetValue(NameOf(node), out Rule? rule) ? rule(node) : Unknown;

    private static string NameOf(PictureNode node) =>
        node.Node.Domain is "" or "ai.onnx" ? node.Node.OpType : $"{node.Node.Domain}:{node.Node.OpType}";

    private static string? ByElement(PictureNode node) => node.Result.Length > 0 ? LineUp(node) : Mixes;

    /// <summary>Two values of pictures, and weights for each place of the last axis.</summary>
    private static string? SumOfRows(PictureNode node) =>
        node.Inputs.All(i => i < 2 ? node.IsOfPictures(i) && node.Shape(i).SequenceEqual(node.Result) : !node.IsOfPictures(i)) && node.Result.Length > 1
            ? Kept(node)
            : Mixes;

    private static string? Product(PictureNode node)
    {
        if (node.Inputs.Any(i => node.Shape(i).Length < 2))
        {
            return Mixes;
        }

        // Two axes are the matrix: with weights behind it, rows of several pictures are just more rows.
        bool isMoreRows = node.Shape(0).Length == 2 && node.Shape(1).Length == 2 && node.TakesPicturesFirst;
        return isMoreRows ? Kept(node) : LineUp(node, isMatrix: node.Result.Length == 2);
    }

    /// <summary>Inputs that are broadcast against each other: pictures need an axis of their own unless all have them first already.</summary>
    private static string? LineUp(PictureNode node, bool isMatrix = false)
    {
        int rank = node.Result.Length;
        bool linesUp = !isMatrix && node.Inputs.All(i => node.IsOfPictures(i)
            ? node.Shape(i).Length == rank && node.Shape(i)[0] == node.Result[0]
            : node.Shape(i).Length < rank || node.Shape(i)[0] == 1);
        if (linesUp)
        {
            node.Keep();
        }
        else
        {
            node.KeepWithOwnAxis(rank);
        }

        return null;
    }

    private static string? PerPicture(PictureNode node) => node.TakesPicturesFirst ? Kept(node) : Mixes;

    private static string? AlongAxis(PictureNode node) =>
        node.TakesPicturesFirst && node.FromFirst(Attributes.Integer(node.Node, "axis", -1), node.Shape(0).Length) > 0 ? Kept(node) : Mixes;

    private static string? OverAxes(PictureNode node) =>
        node.TakesPicturesFirst && node.Integers(1, "axes") is { Length: > 0 } axes && axes.All(a => node.FromFirst(a, node.Shape(0).Length) > 0)
            ? Kept(node)
            : Mixes;

    private static string? Joined(PictureNode node) =>
        node.Inputs.All(node.IsOfPictures) && node.FromFirst(Attributes.Integer(node.Node, "axis", 0), node.Result.Length) > 0 ? Kept(node) : Mixes;

    private static string? Divided(PictureNode node) =>
        node.TakesPicturesFirst && node.FromFirst(Attributes.Integer(node.Node, "axis", 0), node.Shape(0).Length) > 0 ? Kept(node) : Mixes;

    private static string? Cut(PictureNode node) =>
        node.TakesPicturesFirst && node.Integers(3, "axes") is { } axes && axes.All(a => node.FromFirst(a, node.Shape(0).Length) > 0)
            ? Kept(node)
            : Mixes;

    private static string? Inserted(PictureNode node) =>
        node.TakesPicturesFirst && node.Integers(1, "axes") is { } axes && axes.All(a => node.FromFirst(a, node.Result.Length) > 0)
            ? Kept(node)
            : Mixes;

    private static string? Affine(PictureNode node) =>
        node.TakesPicturesFirst && Attributes.Integer(node.Node, "transA", 0) == 0
            && (node.Node.Input.Count < 3 || node.Shape(2).Length < 2 || node.Shape(2)[0] == 1)
            ? Kept(node)
            : Mixes;

    private static string? Reshaped(PictureNode node)
    {
        if (!node.TakesPicturesFirst || node.Result.Length == 0)
        {
            return Mixes;
        }

        // The first axis takes what remains: as the pictures go first in memory, it takes them.
        node.Set(1, [-1, .. node.Result[1..]]);
        return Kept(node);
    }

    private static string? Expanded(PictureNode node)
    {
        if (!node.TakesPicturesFirst || node.Shape(0).Length != node.Result.Length || node.Shape(0)[0] != node.Result[0])
        {
            return Mixes;
        }

        node.Set(1, [1, .. node.Result[1..]]);
        return Kept(node);
    }

    private static string? Moved(PictureNode node) =>
        Attributes.Find(node.Node, "perm") is { } order ? order.Ints[0] == 0 ? Kept(node) : Mixes : node.Result.Length < 2 ? Kept(node) : Mixes;

    private static string? Padded(PictureNode node)
    {
        int rank = node.Result.Length;
        bool isLater = node.Node.Input.Count < 4 || node.Node.Input[3].Length == 0; // axes of their own: not written by the exporters known here
        return isLater && node.TakesPicturesFirst && node.Integers(1, "pads") is { } pads && pads[0] == 0 && pads[rank] == 0 ? Kept(node) : Mixes;
    }

    private static string? Resized(PictureNode node)
    {
        if (!node.TakesPicturesFirst || node.Shape(0)[0] != node.Result[0] || Attributes.Find(node.Node, "axes") is not null)
        {
            return Mixes;
        }

        // Scales of 1 leave the pictures alone; sizes would be those of one picture.
        return node.Node.Input.Count < 4 || node.Node.Input[3].Length == 0 ? Kept(node) : Mixes;
    }

    private static string? Kept(PictureNode node)
    {
        node.Keep();
        return null;
    }
}
