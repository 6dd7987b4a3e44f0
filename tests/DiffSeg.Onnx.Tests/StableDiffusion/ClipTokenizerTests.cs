using DiffSeg.Onnx.StableDiffusion;

namespace DiffSeg.Onnx.Tests.StableDiffusion;

/// <summary>Which tokens the empty prompt has, as the export's files say or as every Stable Diffusion has them.</summary>
public sealed class ClipTokenizerTests : IDisposable
{
    private readonly ExportDraft _draft = ExportDraft.Usual().With("text_encoder_2/model.onnx");

    public void Dispose() => _draft.Dispose();

    [Theory]
    [InlineData("text_encoder", null, 49407)]
    [InlineData("text_encoder", 768, 49407)]
    [InlineData("text_encoder", 1024, 0)] // Stable Diffusion 2
    [InlineData("text_encoder_2", 1280, 0)] // the second of XL
    [InlineData("text_encoder_2", null, 0)]
    public void Without_files_the_padding_is_the_family_s(string role, int? width, int pad) =>
        Assert.Equal(new ClipTokenizer(49406, 49407, pad, 77), Read(role, width));

    [Theory]
    [InlineData("""{ "hidden_act": "quick_gelu", "bos_token_id": 0, "eos_token_id": 2, "pad_token_id": 1, "vocab_size": 49408 }""", 49406, 49407, 49407, 77)]
    [InlineData("""{ "hidden_act": "gelu", "bos_token_id": 0, "eos_token_id": 2, "pad_token_id": 1 }""", 49406, 49407, 0, 77)]
    [InlineData("""{ "hidden_act": "quick_gelu", "bos_token_id": 49406, "eos_token_id": 49407 }""", 49406, 49407, 49407, 77)]
    [InlineData("""{ "hidden_act": "quick_gelu", "vocab_size": 1000, "max_position_embeddings": 32 }""", 998, 999, 999, 32)]
    [InlineData("""{ "hidden_act": "gelu", "vocab_size": 1000, "bos_token_id": 500, "eos_token_id": 501, "max_position_embeddings": 248 }""", 500, 501, 0, 77)]
    public void The_encoder_s_config_is_heard(string config, int start, int end, int pad, int length) =>
        Assert.Equal(new ClipTokenizer(start, end, pad, length), Read(With("text_encoder/config.json", config), 768));

    [Theory]
    [InlineData("\"<|endoftext|>\"", 49407)]
    [InlineData("\"!\"", 0)]
    [InlineData("""{ "content": "!", "lstrip": false }""", 0)]
    public void The_padding_is_the_special_token_s(string token, int pad)
    {
        With("tokenizer/special_tokens_map.json", $$"""{ "pad_token": {{token}} }""");

        // Says less than the map of special tokens, where both say something.
        With("tokenizer/tokenizer_config.json", """{ "pad_token": "<|endoftext|>", "tokenizer_class": "CLIPTokenizer", "model_max_length": 77 }""");

        Assert.Equal(new ClipTokenizer(49406, 49407, pad, 77), Read("text_encoder", 1024));
    }

    [Theory]
    [InlineData("vocab.json", """{ "!": 7, "[S]": 1, "[E]": 2, "[P]": 3 }""")]
    [InlineData("tokenizer.json", """{ "model": { "vocab": { "[S]": 1, "[E]": 2, "[P]": 3 } } }""")]
    public void Numbers_are_looked_up_in_the_vocabulary(string file, string content)
    {
        With("tokenizer/" + file, content);
        With("tokenizer/special_tokens_map.json", """{ "bos_token": "[S]", "eos_token": { "content": "[E]" }, "pad_token": "[P]" }""");

        Assert.Equal(new ClipTokenizer(1, 2, 3, 77), Read("text_encoder", 768));
    }

    [Fact]
    public void Numbers_are_looked_up_among_the_added_tokens()
    {
        With("tokenizer_2/tokenizer_config.json", """
            {
              "bos_token": "[S]", "eos_token": "[E]", "pad_token": "[P]", "model_max_length": 1000000000000000019884624838656,
              "added_tokens_decoder": { "11": { "content": "[S]" }, "12": { "content": "[E]" }, "13": { "content": "[P]" } }
            }
            """);

        Assert.Equal(new ClipTokenizer(11, 12, 13, 77), Read("text_encoder_2", null));
    }

    [Theory]
    [InlineData("tokenizer/special_tokens_map.json", """{ "pad_token": "[PAD]" }""", "tokenizer", "[PAD]", "none in its vocabulary")]
    [InlineData("tokenizer/tokenizer_config.json", """{ "tokenizer_class": "T5Tokenizer" }""", "tokenizer", "CLIP", "'T5Tokenizer'")]
    [InlineData("text_encoder/config.json", """{ "model_type": "xlm-roberta" }""", "text_encoder/config.json", "CLIP", "'xlm-roberta'")]
    [InlineData("tokenizer/vocab.json", "{", "tokenizer/vocab.json", "JSON", "line 1")]
    public void A_tokenizer_that_is_not_understood_is_refused(string file, string content, string place, string expected, string found)
    {
        With(file, content);

        var error = Assert.Throws<AttentionModelException>(() => Read("text_encoder", 768));

        Assert.Equal(_draft.At(place), error.ModelPath);
        Assert.Contains(expected, error.Expected);
        Assert.Contains(found, error.Found);
    }

    [Fact]
    public void The_empty_prompt_is_start_end_and_padding()
    {
        var tokenizer = new ClipTokenizer(1, 2, 3, 77);

        Assert.Equal([1, 2, 3, 3], tokenizer.EmptyPrompt(4));
        Assert.Equal([1, 2], tokenizer.EmptyPrompt(2));
    }

    // The path of the config tells the role.
    private string With(string name, string content)
    {
        _draft.With(name, content);
        return name.Split('/')[0];
    }

    private ClipTokenizer Read(string role, int? width) => ClipTokenizer.Of(ModelPart.In(_draft.Path, role)!, width);
}
