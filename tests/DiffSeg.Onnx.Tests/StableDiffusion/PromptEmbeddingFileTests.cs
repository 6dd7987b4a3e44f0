using DiffSeg.Onnx.StableDiffusion;

namespace DiffSeg.Onnx.Tests.StableDiffusion;

/// <summary>Embeddings from NumPy's files: what is read and what is refused.</summary>
public sealed class PromptEmbeddingFileTests : IDisposable
{
    private static readonly float[] States = [1, -2, 0.5f, 4, 5, 6];
    private static readonly float[] Pooled = [7, 8];
    private static readonly byte[] StatesFile = NumpyFileDraft.Array("<f4", States, 1, 3, 2);
    private static readonly byte[] PooledFile = NumpyFileDraft.Array("<f4", Pooled, 1, 2);

    private readonly ExportDraft _draft = ExportDraft.Usual();

    public void Dispose() => _draft.Dispose();

    public static TheoryData<byte[]> Forms => new()
    {
        StatesFile,
        NumpyFileDraft.Array("<f4", States, 3, 2),
        NumpyFileDraft.Array("<f2", States.Select(v => (Half)v).ToArray(), 1, 3, 2),
        NumpyFileDraft.Array("<f8", States.Select(v => (double)v).ToArray(), 3, 2),
        NumpyFileDraft.Array(NumpyFileDraft.Header("<f4", "False", 3, 2), States, version: 2),
        NumpyFileDraft.Archive(("encoder_hidden_states.npy", StatesFile)),
        NumpyFileDraft.Archive(("text_embeds.npy", PooledFile), ("prompt_embeds.npy", StatesFile)),
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void The_states_are_read(byte[] file)
    {
        PromptEmbedding embedding = Read(file, new(2));

        Assert.Equal(States, embedding.HiddenStates);
        Assert.Equal((3, 2), (embedding.Tokens, embedding.Width));
        Assert.Null(embedding.Pooled);
    }

    [Theory]
    [InlineData("encoder_hidden_states", "text_embeds")]
    [InlineData("prompt_embeds", "pooled_prompt_embeds")]
    public void States_and_pooled_embedding_are_read(string states, string pooled)
    {
        PromptEmbedding embedding = Read(NumpyFileDraft.Archive((states + ".npy", StatesFile), (pooled + ".npy", PooledFile)), new(2, 2));

        Assert.Equal(States, embedding.HiddenStates);
        Assert.Equal(Pooled, embedding.Pooled);
    }

    [Fact]
    public void A_folder_of_arrays_is_read()
    {
        _draft.With("e/readme.txt");
        File.WriteAllBytes(_draft.At("e/encoder_hidden_states.npy"), StatesFile);
        File.WriteAllBytes(_draft.At("e/text_embeds.npy"), NumpyFileDraft.Array("<f4", Pooled, 2));

        PromptEmbedding embedding = Embed("e", new(2, 2));

        Assert.Equal((3, 2), (embedding.Tokens, embedding.Width));
        Assert.Equal(Pooled, embedding.Pooled);
    }

    [Fact]
    public void The_text_encoder_is_not_needed_then()
    {
        _draft.Without("text_encoder");

        Assert.Equal(States, Read(StatesFile, new(2)).HiddenStates);
    }

    [Fact]
    public void A_missing_file_is_refused() => AssertRefused(() => Embed("nothing", new(2)), "a prompt's embedding", "no such file");

    public static TheoryData<byte[], string, string> Bad => new()
    {
        { [], "a prompt's embedding", "an empty file" },
        { "hello"u8.ToArray(), "a prompt's embedding", "text" },
        { [0, 1, 2, 3, 4], "a prompt's embedding", "another kind of file" },
        { [0x93, (byte)'N'], ".npy format", "another format" },
        { StatesFile[..40], ".npy format", "a broken header" },
        { StatesFile[..^1], ".npy format", "23 bytes of numbers where [1, 3, 2] takes 24" },
        { NumpyFileDraft.Array("<i8", [1L, 2], 1, 2), ".npy format", "numbers of type '<i8'" },
        { NumpyFileDraft.Array(">f4", States, 3, 2), ".npy format", "numbers of type '>f4'" },
        { NumpyFileDraft.Array("|O", States, 3, 2), ".npy format", "numbers of type '|O'" },
        { NumpyFileDraft.Array("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", States), ".npy format", "the header" },
        { NumpyFileDraft.Array(NumpyFileDraft.Header("<f4", "True", 3, 2), States), ".npy format", "Fortran order" },
        { NumpyFileDraft.Array("<f4", States, 99999999, 99999999), ".npy format", "the shape" },
        { NumpyFileDraft.Array("<f4", States, -3, -2), ".npy format", "the shape" },
        { NumpyFileDraft.Array("<f4", States, 6), "[1, tokens, width]", "[6]" },
        { NumpyFileDraft.Array("<f4", States, 3, 1, 2), "[1, tokens, width]", "[3, 1, 2]" },
        { NumpyFileDraft.Array("<f4", (float[])[], 0, 2), "[1, tokens, width]", "[0, 2]" },
        { NumpyFileDraft.Array("<f4", [float.NaN, 2], 1, 2), "finite", "NaN" },
        { NumpyFileDraft.Array("<f4", States, 2, 3), "encoder_hidden_states of width 2", "width 3" },
        { NumpyFileDraft.Archive(("arr_0.npy", StatesFile)), "'encoder_hidden_states'", "arr_0.npy" },
        { "PK\u0003\u0004 and no more"u8.ToArray(), "a prompt's embedding", "a damaged zip archive" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Anything_else_is_refused(byte[] file, string expected, string found) => AssertRefused(() => Read(file, new(2)), expected, found);

    [Fact]
    public void SDXL_needs_the_pooled_embedding_of_its_width()
    {
        AssertRefused(() => Read(StatesFile, new(2, 1280)), "text_embeds of width 1280", "no text_embeds");

        byte[] narrow = NumpyFileDraft.Archive(("encoder_hidden_states.npy", StatesFile), ("text_embeds.npy", PooledFile));
        AssertRefused(() => Read(narrow, new(2, 1280)), "text_embeds of width 1280", "width 2");

        byte[] two = NumpyFileDraft.Archive(("encoder_hidden_states.npy", StatesFile), ("text_embeds.npy", StatesFile));
        AssertRefused(() => Read(two, new(2, 2)), "text_embeds of [1, width]", "[1, 3, 2]");
    }

    private PromptEmbedding Read(byte[] file, TextConditioning wanted)
    {
        File.WriteAllBytes(_draft.At("embedding"), file);
        return Embed("embedding", wanted);
    }

    private PromptEmbedding Embed(string name, TextConditioning wanted) =>
        StableDiffusionExport.Open(_draft.Path, new() { PromptEmbedding = _draft.At(name) }).Embed(wanted, TestContext.Current.CancellationToken);

    private static void AssertRefused(Action read, string expected, string found)
    {
        var error = Assert.Throws<AttentionModelException>(read);

        Assert.Contains(expected, error.Expected);
        Assert.Contains(found, error.Found);
        Assert.EndsWith(".", error.Advice);
    }
}
