using DiffSeg.Onnx.StableDiffusion;

namespace DiffSeg.Onnx.Tests.StableDiffusion;

/// <summary>The empty prompt through the exports' text encoders, against the same models in PyTorch.</summary>
public sealed class TextEncoderFixtureTests
{
    [Theory]
    [InlineData("sd1x-tiny", "sd1x-tiny", 1e-5)]
    [InlineData("sd1x-tiny-sdpa", "sd1x-tiny", 1e-5)] // int64 input_ids
    [InlineData("sd1x-tiny-ortfused-cpu", "sd1x-tiny", 1e-5)]
    [InlineData("sd1x-tiny-ortfused-fp16", "sd1x-tiny", 1e-2)]
    [InlineData("sd2x-tiny", "sd2x-tiny", 1e-5)]
    public void The_embedding_is_that_of_PyTorch(string set, string family, double tolerance)
    {
        NumpyArray expected = SharedFixtures.Reference(family, "encoder_hidden_states.npy");

        PromptEmbedding actual = Open(set).Embed(new TextConditioning(8), TestContext.Current.CancellationToken);

        Assert.Equal<int[]>(expected.Shape, [1, actual.Tokens, actual.Width]);
        AssertClose(expected.Values, actual.HiddenStates, tolerance);
        Assert.Null(actual.Pooled);
    }

    [Fact]
    public void The_two_embeddings_of_SDXL_are_those_of_PyTorch()
    {
        NumpyArray states = SharedFixtures.Reference("sdxl-tiny", "encoder_hidden_states.npy");
        NumpyArray pooled = SharedFixtures.Reference("sdxl-tiny", "text_embeds.npy");
        var options = new AttentionModelOptions { TextEncoder = SharedFixtures.Path("sdxl-tiny") };
        StableDiffusionExport export = StableDiffusionExport.Open(SharedFixtures.Path("sdxl-tiny-sdpa"), options);

        PromptEmbedding actual = export.Embed(new TextConditioning(16, 8), TestContext.Current.CancellationToken);

        Assert.Equal<int[]>(states.Shape, [1, actual.Tokens, actual.Width]);
        AssertClose(states.Values, actual.HiddenStates, 1e-5);
        AssertClose(pooled.Values, actual.Pooled!, 1e-5);
    }

    [Theory]
    [InlineData("sd1x-tiny", "text_encoder")]
    [InlineData("sd2x-tiny", "text_encoder")]
    [InlineData("sdxl-tiny", "text_encoder")]
    [InlineData("sdxl-tiny", "text_encoder_2")]
    public void The_empty_prompt_has_the_tokens_of_the_reference(string set, string role)
    {
        // Whole numbers, which the reader of embeddings refuses: the bytes behind the header.
        byte[] file = File.ReadAllBytes(SharedFixtures.Path(set, "reference", role, "input_ids_empty.npy"));
        long[] expected = [.. Enumerable.Range(0, 77).Select(i => BitConverter.ToInt64(file, file.Length - (77 - i) * sizeof(long)))];

        ModelPart part = ModelPart.In(SharedFixtures.Path(set), role)!;

        Assert.Equal(expected, ClipTokenizer.Of(part, 8).EmptyPrompt(77).Select(id => (long)id));
    }

    [Theory]
    [InlineData("sd1x-tiny", null)]
    [InlineData("sdxl-tiny", 8)]
    public void The_reference_folder_serves_as_embedding(string family, int? pooledWidth)
    {
        int width = pooledWidth is null ? 8 : 16;
        var options = new AttentionModelOptions { PromptEmbedding = SharedFixtures.Path(family, "reference") };

        PromptEmbedding actual = StableDiffusionExport.Open(SharedFixtures.Path($"{family}-sdpa"), options)
            .Embed(new TextConditioning(width, pooledWidth), TestContext.Current.CancellationToken);

        Assert.Equal(SharedFixtures.Reference(family, "encoder_hidden_states.npy").Values, actual.HiddenStates);
        Assert.Equal((77, width, pooledWidth), (actual.Tokens, actual.Width, actual.Pooled?.Length));
    }

    [Fact]
    public void An_encoder_of_another_family_is_refused_with_both_widths()
    {
        var error = Assert.Throws<AttentionModelException>(
            () => Open("sd1x-tiny").Embed(new TextConditioning(1024), TestContext.Current.CancellationToken));

        Assert.Contains("width 1024", error.Expected);
        Assert.Contains("width 8", error.Found);
    }

    [Fact]
    public void An_SDXL_U_Net_needs_the_second_encoder()
    {
        var error = Assert.Throws<AttentionModelException>(
            () => Open("sd1x-tiny").Embed(new TextConditioning(16, 8), TestContext.Current.CancellationToken));

        Assert.Contains("text_encoder_2", error.Expected);
        Assert.Contains("--prompt-embedding", error.Advice);
    }

    [Fact]
    public void The_micro_conditioning_is_that_of_PyTorch() =>
        Assert.Equal(SharedFixtures.Reference("sdxl-tiny", "time_ids.npy").Values, MicroConditioning.TimeIds(1024, 1024, 6));

    private static StableDiffusionExport Open(string set) =>
        StableDiffusionExport.Open(SharedFixtures.Path(set), new AttentionModelOptions());

    private static void AssertClose(float[] expected, float[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.InRange(expected.Zip(actual, (e, a) => Math.Abs((double)e - a)).Max(), 0, tolerance);
    }
}
