using DiffSeg.Onnx.Folding;
using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Networks;
using DiffSeg.Onnx.Recognition;
using DiffSeg.Onnx.StableDiffusion;
using DiffSeg.Onnx.Weights;
using Google.Protobuf;
using ElementType = DiffSeg.Onnx.Format.TensorProto.Types.ElementType;

namespace DiffSeg.Onnx.Building;

/// <summary>The U-Net of an export on its way into an attention model: from the latent image to its self-attention.</summary>
internal sealed class UNetPart
{
    private readonly UNetInputs _inputs;

    public UNetPart(Network network)
    {
        Network = network;
        _inputs = UNetInputs.Of(network);
    }

    public Network Network { get; }

    /// <summary>Name of the input that takes the latent image.</summary>
    public string Sample => _inputs.Sample.Name;

    /// <summary>Channels of the latent image; null where the file does not show them.</summary>
    public int? Channels => UNetInputs.SizeOf(Network, _inputs.Sample, 1);

    /// <summary>What prompt embedding it takes.</summary>
    /// <exception cref="AttentionModelException">The file does not show how wide it is.</exception>
    public TextConditioning Conditioning => new(
        WidthOf(_inputs.Prompt, 2), _inputs.PooledPrompt is { } pooled ? WidthOf(pooled, 1) : null);

    /// <summary>Fixes all shapes, finds the self-attention, and cuts off what stands behind the last of it.</summary>
    /// <param name="channels">Channels of the latent image.</param>
    /// <param name="height">Its rows.</param>
    /// <param name="width">Its columns.</param>
    /// <param name="prompt">The prompt, whose length is its number of tokens.</param>
    public IReadOnlyList<FoundAttention> FindAttention(int channels, int height, int width, PromptEmbedding prompt)
    {
        FixedShape.Set(_inputs.Sample, 1, channels, height, width);
        FixedShape.Set(_inputs.TimeStep, TimeStepShape);
        FixedShape.Set(_inputs.Prompt, 1, prompt.Tokens, prompt.Width);
        if (_inputs.PooledPrompt is { } pooled)
        {
            FixedShape.Set(pooled, 1, prompt.Pooled!.Length);
        }

        if (_inputs.TimeIds is { } ids)
        {
            FixedShape.Set(ids, 1, TimeIdCount(ids));
        }

        GraphProto graph = Network.Graph;
        IReadOnlyList<string> candidates = SelfAttentionFinder.Candidates(graph);
        IReadOnlyDictionary<string, long[]> shapes = ShapeFolding.Fold(Network.Model, candidates, Network.Path);
        IReadOnlyList<FoundAttention> found = SelfAttentionFinder.Find(graph, Sample, candidates, shapes, height, width, Network.Path);
        graph.Output.Clear();
        graph.Output.AddRange(found.Select(f => new ValueInfoProto { Name = f.Probabilities }));
        Graphs.GraphCut.Prune(graph);
        return found;
    }

    /// <summary>Computes beforehand all that follows from the time step and the prompt.</summary>
    /// <param name="timeStep">The time step.</param>
    /// <param name="prompt">The prompt.</param>
    /// <param name="trainedSide">Side in pixels of the images that the model was trained on; XL is told it as the size.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public void Bake(
        int timeStep, PromptEmbedding prompt, int trainedSide, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var known = new Dictionary<string, TensorProto>
        {
            [_inputs.TimeStep.Name] = Number(timeStep),
            [_inputs.Prompt.Name] = TensorReference.FromFloats(_inputs.Prompt.Name, [1, prompt.Tokens, prompt.Width], prompt.HiddenStates),
        };
        if (_inputs.PooledPrompt is { } pooled)
        {
            known[pooled.Name] = TensorReference.FromFloats(pooled.Name, [1, prompt.Pooled!.Length], prompt.Pooled);
        }

        if (_inputs.TimeIds is { } ids)
        {
            float[] values = MicroConditioning.TimeIds(trainedSide, trainedSide, TimeIdCount(ids));
            known[ids.Name] = TensorReference.FromFloats(ids.Name, [1, values.Length], values);
        }

        Baking.Bake(Network.Model, known, Network.Path, progress, cancellationToken);
    }

    private int WidthOf(ValueInfoProto input, int axis) => UNetInputs.SizeOf(Network, input, axis) ?? throw new AttentionModelException(
        Network.Path, $"the width of '{input.Name}' in the file", TensorText.Of(input), "Take an export that fixes it.");

    private long[] TimeStepShape => _inputs.TimeStep.Type.TensorType.Shape?.Dim.Count == 1 ? [1] : [];

    private static int TimeIdCount(ValueInfoProto ids) =>
        ids.Type.TensorType.Shape.Dim[1] is { HasDimValue: true } fixedSize ? (int)fixedSize.DimValue : 6;

    /// <summary>The time step in the type that the file declares: exporters differ.</summary>
    private TensorProto Number(int timeStep)
    {
        string name = _inputs.TimeStep.Name;
        int type = _inputs.TimeStep.Type.TensorType.ElemType;
        byte[] bytes = type switch
        {
            (int)ElementType.Float => BitConverter.GetBytes((float)timeStep),
            (int)ElementType.Double => BitConverter.GetBytes((double)timeStep),
            (int)ElementType.Int32 => BitConverter.GetBytes(timeStep),
            (int)ElementType.Int64 => BitConverter.GetBytes((long)timeStep),
            _ => throw new AttentionModelException(
                Network.Path, "a time step that is a number", TensorText.Of(_inputs.TimeStep), "Take an export from another exporter."),
        };
        var tensor = new TensorProto { Name = name, DataType = type, RawData = UnsafeByteOperations.UnsafeWrap(bytes) };
        tensor.Dims.AddRange(TimeStepShape);
        return tensor;
    }
}
