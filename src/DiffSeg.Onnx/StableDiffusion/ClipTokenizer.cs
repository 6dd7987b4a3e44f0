namespace DiffSeg.Onnx.StableDiffusion;

/// <summary>
/// The four numbers of a CLIP tokenizer that the empty prompt takes: start, end and padding tokens, and the length that
/// every prompt is padded to.
/// </summary>
internal sealed record ClipTokenizer(int Start, int End, int Pad, int Length)
{
    private const string StartText = "<|startoftext|>";
    private const string EndText = "<|endoftext|>";
    private const int ClipVocabulary = 49408; // the start and end tokens are its last two
    private const int ClipLength = 77;

    // OpenCLIP (Stable Diffusion 2, the second encoder of XL) pads with "!", number 0; OpenAI's CLIP with the end token.
    private const int OpenClipPad = 0;
    private const int NarrowestOpenClip = 1024;

    /// <summary>
    /// The tokenizer of a text encoder: as the export's tokenizer files say, else as the encoder's config.json, else as
    /// every Stable Diffusion has it.
    /// </summary>
    /// <param name="encoder">The text encoder.</param>
    /// <param name="width">Width of its hidden states; null when the file does not say.</param>
    /// <exception cref="AttentionModelException">The tokenizer is not CLIP's, or names a token without a number.</exception>
    public static ClipTokenizer Of(ModelPart encoder, int? width)
    {
        TokenizerFiles? files = TokenizerFiles.Beside(encoder);
        CheckKind(encoder.Config?.Path, encoder.Config?.Text("model_type"), "clip");
        CheckKind(files?.Folder, files?.Class, "CLIP");

        int vocabulary = encoder.Config?.Integer("vocab_size") ?? ClipVocabulary;
        int start = files?.Number(files.Token("bos_token") ?? StartText) ?? Configured(encoder, "bos_token_id") ?? vocabulary - 2;
        int end = files?.Number(files.Token("eos_token") ?? EndText) ?? Configured(encoder, "eos_token_id") ?? vocabulary - 1;
        int pad = files?.Token("pad_token") is { } text ? Padding(files, text, end) : UsualPad(encoder, width, end);
        int length = Math.Min(files?.Length ?? ClipLength, encoder.Config?.Integer("max_position_embeddings") ?? ClipLength);
        return new ClipTokenizer(start, end, pad, length);
    }

    /// <summary>The empty prompt: start, end, and padding up to a length.</summary>
    public int[] EmptyPrompt(int length) =>
        [.. Enumerable.Range(0, length).Select(position => position switch { 0 => Start, 1 => End, _ => Pad })];

    // The configs of CLIP models long carried the defaults of another model, 0, 1 and 2, which nobody used.
    private static int? Configured(ModelPart encoder, string key) => encoder.Config?.Integer(key) is > 2 and var id ? id : null;

    private static int Padding(TokenizerFiles files, string text, int end) => text switch
    {
        _ when files.Number(text) is { } id => id,
        EndText => end,
        "!" => OpenClipPad,
        _ => throw new AttentionModelException(
            files.Folder, $"the number of the padding token '{text}'", "none in its vocabulary",
            $"Fetch the whole tokenizer folder, or {PromptEmbedding.HowToGiveFile}."),
    };

    private static int UsualPad(ModelPart encoder, int? width, int end)
    {
        bool isOpenClip = encoder.Role == StableDiffusionExport.SecondTextEncoder
            || (encoder.Config?.Text("hidden_act") is { } activation ? activation == "gelu" : width >= NarrowestOpenClip);
        return isOpenClip ? OpenClipPad : end;
    }

    private static void CheckKind(string? path, string? kind, string expected)
    {
        if (kind is not null && !kind.StartsWith(expected, StringComparison.Ordinal))
        {
            throw new AttentionModelException(
                path!, "a text encoder and tokenizer of the CLIP family", $"'{kind}'",
                $"Only CLIP's are run here: {PromptEmbedding.HowToGiveFile}.");
        }
    }
}
