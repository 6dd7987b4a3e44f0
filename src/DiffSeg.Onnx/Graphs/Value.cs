using DiffSeg.Onnx.Format;

namespace DiffSeg.Onnx.Graphs;

/// <summary>A named tensor of a graph under construction. Its methods append the ONNX operator of the same name.</summary>
internal readonly record struct Value(GraphBuilder Graph, string Name)
{
    public static Value operator +(Value a, Value b) => a.Graph.Node("Add", [a, b]);

    public static Value operator +(Value a, double b) => a + a.Graph.Scalar(b);

    public static Value operator -(Value a, Value b) => a.Graph.Node("Sub", [a, b]);

    public static Value operator *(Value a, Value b) => a.Graph.Node("Mul", [a, b]);

    public static Value operator *(Value a, double b) => a * a.Graph.Scalar(b);

    public static Value operator /(Value a, Value b) => a.Graph.Node("Div", [a, b]);

    public Value Abs() => Graph.Node("Abs", [this]);

    public Value Exp() => Graph.Node("Exp", [this]);

    public Value Erf() => Graph.Node("Erf", [this]);

    public Value Sigmoid() => Graph.Node("Sigmoid", [this]);

    public Value Log() => Graph.Node("Log", [this]);

    public Value Round() => Graph.Node("Round", [this]);

    public Value Sqrt() => Graph.Node("Sqrt", [this]);

    public Value AtLeast(double bound) => Graph.Node("Clip", [this, Graph.Scalar(bound), null]);

    public Value AtMost(double bound) => Graph.Node("Clip", [this, null, Graph.Scalar(bound)]);

    /// <summary>1 where the value is above the bound, else 0.</summary>
    public Value IsAbove(double bound) => Graph
        .Node("Greater", [this, Graph.Scalar(bound)])
        .CastTo(TensorProto.Types.ElementType.Float);

    /// <summary>Whether each element is above 0.</summary>
    public Value IsPositive() => Graph.Node("Greater", [this, Graph.Scalar(0)]);

    public Value IsLess(Value other) => Graph.Node("Less", [this, other]);

    /// <summary>Where this condition holds the first, elsewhere the second.</summary>
    public Value Where(Value held, Value otherwise) => Graph.Node("Where", [this, held, otherwise]);

    public Value And(Value other) => Graph.Node("And", [this, other]);

    public Value CastTo(TensorProto.Types.ElementType type) =>
        Graph.Node("Cast", [this], null, Attributes.Integer("to", (long)type));

    public Value MatMul(Value other) => Graph.Node("MatMul", [this, other]);

    public Value Conv(Value kernels) => Graph.Node("Conv", [this, kernels]);

    /// <summary>Repeats the border values; pads as ONNX orders them: all begins, then all ends.</summary>
    public Value PadWithEdge(Value pads) => Graph.Node("Pad", [this, pads], null, Attributes.Text("mode", "edge"));

    /// <summary>The maximum over some axes, which go.</summary>
    public Value Max(params ReadOnlySpan<long> axes) =>
        Graph.Node("ReduceMax", [this], null, Attributes.Integers("axes", axes), Attributes.Integer("keepdims", 0));

    /// <summary>The minimum over an axis, which stays with length 1.</summary>
    public Value Min(int axis) => Graph.OperatorSet < 18
        ? Graph.Node("ReduceMin", [this], null, Attributes.Integers("axes", [axis]))
        : Graph.Node("ReduceMin", [this, Graph.Index(axis)]);

    /// <summary>The mean over some axes, which stay with length 1.</summary>
    public Value Mean(params ReadOnlySpan<long> axes) => Graph.OperatorSet < 18
        ? Graph.Node("ReduceMean", [this], null, Attributes.Integers("axes", axes))
        : Graph.Node("ReduceMean", [this, Graph.Integers(axes)]);

    /// <summary>The sum over some axes, which stay with length 1.</summary>
    public Value Sum(Value axes) => Graph.Node("ReduceSum", [this, axes]);

    public Value Reshape(Value shape) => Graph.Node("Reshape", [this, shape]);

    /// <summary>The sizes of some axes, from one up to, not including, another.</summary>
    public Value Sizes(int from, int to) => Graph.Node("Shape", [this]).Slice(Graph.Index(from), Graph.Index(to), Graph.Index(0));

    /// <summary>Repeated along axes of length 1, up to a shape.</summary>
    public Value Expand(Value shape) => Graph.Node("Expand", [this, shape]);

    /// <summary>In a fixed shape; 0 keeps the size of that axis, -1 takes what remains.</summary>
    public Value Reshape(ReadOnlySpan<long> shape, string? name = null) => Graph.Node("Reshape", [this, Graph.Integers(shape)], name);

    public Value Transpose() => Graph.Node("Transpose", [this]);

    /// <summary>Axes in another order: axis i of the result is axis order[i] of this.</summary>
    public Value Transpose(ReadOnlySpan<long> order, string? name = null) =>
        Graph.Node("Transpose", [this], name, Attributes.Integers("perm", order));

    /// <summary>The rows of given indices.</summary>
    public Value Gather(Value rows) => Graph.Node("Gather", [this, rows]);

    /// <summary>Without an axis of length 1.</summary>
    public Value Squeeze(int axis) => Graph.Node("Squeeze", [this, Graph.Index(axis)]);

    public Value Concat(int axis, params ReadOnlySpan<Value?> others) =>
        Graph.Node("Concat", [this, .. others], null, Attributes.Integer("axis", axis));

    public Value Softmax(int axis, string? name = null) =>
        Graph.Node("Softmax", [this], name, Attributes.Integer("axis", axis));

    /// <summary>The indices from start up to, not including, end along an axis.</summary>
    public Value Slice(Value start, Value end, Value axis) => Graph.Node("Slice", [this, start, end, axis]);
}
