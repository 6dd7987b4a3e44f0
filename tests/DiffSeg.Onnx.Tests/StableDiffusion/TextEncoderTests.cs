using DiffSeg.Onnx.StableDiffusion;
using ElementType = DiffSeg.Onnx.Format.TensorProto.Types.ElementType;

namespace DiffSeg.Onnx.Tests.StableDiffusion;

/// <summary>What text encoders are fed and which of their outputs are taken.</summary>
public sealed class TextEncoderTests : IDisposable
{
    private const string Last = "last_hidden_state";

    private static readonly float[] Clip = [49406, 49407, .. Enumerable.Repeat(49407f, 75)];
    private static readonly float[] OpenClip = [49406, 49407, .. Enumerable.Repeat(0f, 75)];

    private readonly ExportDraft _draft = ExportDraft.Usual();

    public void Dispose() => _draft.Dispose();

    [Theory]
    [InlineData(ElementType.Int64, 0, 0, "input_ids", 77)]
    [InlineData(ElementType.Int32, 0, 0, "input_ids", 77)]
    [InlineData(ElementType.Int32, 1, 77, "input_ids", 77)]
    [InlineData(ElementType.Int64, 3, 20, "tokens", 20)]
    [InlineData(ElementType.Int64, 1, 1, "tokens", 1)]
    internal void Tokens_are_fed_as_declared(ElementType type, int batch, int length, string name, int expected)
    {
        PromptEmbedding embedding = Embed(1, new TinyTextEncoder(type, batch, length, name).Output(Last, [1]));

        Assert.Equal((expected, 1), (embedding.Tokens, embedding.Width));
        Assert.Equal(Clip[..expected], embedding.HiddenStates);
        Assert.Null(embedding.Pooled);
    }

    [Fact]
    public void Nothing_is_masked_and_positions_count()
    {
        TinyTextEncoder encoder = new TinyTextEncoder(ElementType.Int64, 1, 4, "attention_mask")
            .Input("input_ids", ElementType.Int32, 1, 4).Input("position_ids", ElementType.Int64, 1, 4).Output(Last, [5]);

        Assert.Equal([5, 5, 5, 5], Embed(1, encoder).HiddenStates);
    }

    [Fact]
    public void The_position_input_is_counted_up()
    {
        TinyTextEncoder encoder = new TinyTextEncoder(ElementType.Int64, 1, 4, "position_ids")
            .Input("input_ids", ElementType.Int32, 1, 4).Output(Last, [1]);

        Assert.Equal([0, 1, 2, 3], Embed(1, encoder).HiddenStates);
    }

    [Theory]
    [InlineData(ElementType.Float16)]
    [InlineData(ElementType.Bfloat16)]
    [InlineData(ElementType.Double)]
    internal void Outputs_of_any_precision_are_read(ElementType type)
    {
        PromptEmbedding embedding = Embed(1, new TinyTextEncoder().Output(Last, [1 / 49408f], type));

        Assert.All(embedding.HiddenStates, v => Assert.InRange(v, 0.99, 1.01));
    }

    [Theory]
    [InlineData("last_hidden_state")]
    [InlineData("output_0")]
    public void The_last_states_are_found_among_others(string name)
    {
        TinyTextEncoder encoder = new TinyTextEncoder()
            .Output("pooler_output", [7, 7], pooled: true).Output("hidden_states.0", [3, 3]).Output(name, [1, 2]).Output("other", [9, 9, 9]);

        Assert.Equal([49406, 2 * 49406], Embed(2, encoder).HiddenStates[..2]);
    }

    [Fact]
    public void Several_outputs_that_could_be_it_are_refused() =>
        AssertRefused(new TinyTextEncoder().Output("a", [1]).Output("b", [2]), Last, "'a' [?, ?, 1], 'b' [?, ?, 1]");

    [Fact]
    public void An_encoder_without_states_is_refused() =>
        AssertRefused(new TinyTextEncoder().Output("a", [1], pooled: true), Last, "'a' [?, 1]");

    [Fact]
    public void An_unknown_input_is_refused() =>
        AssertRefused(new TinyTextEncoder().Input("image", ElementType.Float, 1, 3).Output(Last, [1]), "'input_ids'", "'image' Float of 2 dimensions");

    [Fact]
    public void Tokens_of_another_type_are_refused() =>
        AssertRefused(new TinyTextEncoder(ElementType.Float).Output(Last, [1]), "int32 or int64", "'input_ids' Float");

    [Fact]
    public void A_file_that_is_not_ONNX_is_refused() => AssertRefused(null, "an ONNX model", "text", advice: "the ONNX file itself");

    [Fact]
    public void Weights_that_are_missing_are_named()
    {
        new TinyTextEncoder().Output(Last, [1]).Save(_draft.At("text_encoder/model.onnx"), "weights.pb");
        _draft.Without("text_encoder/weights.pb");

        AssertRefused(null, "'weights.pb'", "no such file", advice: "Fetch it");
    }

    [Fact]
    public void A_file_for_a_GPU_is_refused_with_the_reason_of_ONNX_Runtime() =>
        AssertRefused(new TinyTextEncoder().Output(Last, [1]).Fused(), "loads on the CPU", "NhwcConv");

    [Fact]
    public void A_cache_s_links_to_the_model_and_its_weights_are_followed()
    {
        new TinyTextEncoder().Output(Last, [1]).Save(_draft.At("text_encoder/model.onnx"), "weights.pb");
        _draft.InCache("text_encoder/model.onnx", "text_encoder/weights.pb");

        Assert.Equal(Clip, Embed(new(1)).HiddenStates);
    }

    [Fact]
    public void An_infinite_embedding_is_refused() =>
        AssertRefused(new TinyTextEncoder().Output(Last, [1e10f], ElementType.Float16), "finite", "infinity");

    [Fact]
    public void SDXL_takes_the_states_before_the_last_layer_of_both_and_the_pooled_of_the_second()
    {
        Write("text_encoder", States([1, 2]).Output("pooler_output", [9], pooled: true));
        Write("text_encoder_2", States([3]).Output("text_embeds", [0.5f, 1], pooled: true));

        PromptEmbedding embedding = Embed(new(3, 2));

        float[] expected = [.. Enumerable.Range(0, 77).SelectMany(t => (float[])[Clip[t] * 1, Clip[t] * 2, OpenClip[t] * 3])];
        Assert.Equal(expected, embedding.HiddenStates);
        Assert.Equal([49407 / 2f, 49407], embedding.Pooled!);

        // More than ten layers: hidden_states.10 comes after hidden_states.9.
        static TinyTextEncoder States(float[] factors)
        {
            var encoder = new TinyTextEncoder();
            for (int layer = 0; layer <= 11; layer++)
            {
                encoder.Output($"hidden_states.{layer}", layer == 10 ? factors : [.. factors.Select(_ => 1000f + layer)]);
            }

            return encoder.Output(Last, [.. factors.Select(_ => -1f)]);
        }
    }

    [Fact]
    public void SDXL_needs_the_states_of_all_layers()
    {
        Write("text_encoder", new TinyTextEncoder().Output(Last, [1]));
        Write("text_encoder_2", new TinyTextEncoder().Output(Last, [1]));

        var error = Assert.Throws<AttentionModelException>(() => Embed(new(2, 1)));

        Assert.Contains("hidden_states.0", error.Expected);
        Assert.Contains(Last, error.Found);
    }

    [Fact]
    public void A_cancelled_run_stops()
    {
        Write("text_encoder", new TinyTextEncoder().Output(Last, [1]));

        Assert.Throws<OperationCanceledException>(
            () => StableDiffusionExport.Open(_draft.Path, new()).Embed(new(1), new CancellationToken(canceled: true)));
    }

    private void Write(string role, TinyTextEncoder encoder)
    {
        _draft.With($"{role}/model.onnx");
        File.WriteAllBytes(_draft.At($"{role}/model.onnx"), encoder.ToBytes());
    }

    private PromptEmbedding Embed(TextConditioning wanted) =>
        StableDiffusionExport.Open(_draft.Path, new()).Embed(wanted, TestContext.Current.CancellationToken);

    private PromptEmbedding Embed(int width, TinyTextEncoder encoder)
    {
        Write("text_encoder", encoder);
        return Embed(new(width));
    }

    private void AssertRefused(
        TinyTextEncoder? encoder, string expected, string found, string advice = "--prompt-embedding")
    {
        if (encoder is not null)
        {
            Write("text_encoder", encoder);
        }

        var error = Assert.Throws<AttentionModelException>(() => Embed(new(1)));

        Assert.Equal(_draft.At("text_encoder/model.onnx"), error.ModelPath);
        Assert.Contains(expected, error.Expected);
        Assert.Contains(found, error.Found);
        Assert.Contains(advice, error.Advice);
    }
}
