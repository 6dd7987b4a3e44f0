using DiffSeg.Fuzzing;
using DiffSeg.Onnx.StableDiffusion;
using DiffSeg.Onnx.Tests.StableDiffusion;
using DiffSeg.Onnx.Tests.Support;

namespace DiffSeg.Onnx.Tests.Fuzzing;

/// <summary>What lies beside the networks of an export: configurations, and a prompt's embedding.</summary>
public sealed class ExportFuzzTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Configurations()
    {
        string[] seeds =
        [
            """{"_class_name": "UNet2DConditionModel", "sample_size": 64, "in_channels": 4, "out_channels": 4, "block_out_channels": [32, 64]}""",
            """{"_class_name": "AutoencoderKL", "scaling_factor": 0.13025, "shift_factor": null, "latents_mean": 0}""",
        ];
        new Fuzz("configurations", random => TextMutator.Mutate(random, seeds), bytes =>
        {
            JsonConfig? config = JsonConfig.ReadIfPresent(Written(bytes, "config.json"));
            _ = UNetConfig.SampleSize(config);
            UNetConfig.CheckLatentOnly(config);
            _ = VaeConfig.ScalingFactor(config);
            _ = config?.Text("_class_name");
        })
        {
            Documented = [typeof(AttentionModelException)],
        }.Check();
    }

    [Fact]
    public void Embeddings()
    {
        float[] values = [.. Enumerable.Range(0, 24).Select(i => i / 7f)];
        byte[] hidden = NumpyFileDraft.Array("<f4", values, 1, 3, 8), pooled = NumpyFileDraft.Array("<f4", values[..8], 1, 8);
        byte[][] seeds =
        [
            hidden,
            NumpyFileDraft.Array("<f8", values.Select(value => (double)value).ToArray(), 3, 8),
            NumpyFileDraft.Archive(("encoder_hidden_states.npy", hidden), ("text_embeds.npy", pooled)),
        ];
        var zip = new ZipMutator(seeds[2]);
        new Fuzz("embeddings", random => random.OneIn(3) ? zip.Mutate(random, (chance, entry) => ByteMutator.Mutate(chance, entry, seeds[0])) : ByteMutator.Mutate(random, seeds), bytes =>
            PromptEmbeddingFile.Read(Written(bytes, "prompt.npy"), new TextConditioning(8, bytes.Length % 2 == 0 ? 8 : null)))
        {
            Documented = [typeof(AttentionModelException)],
            // A piece of a megabyte at a time; zlib packs a thousand to one.
            Memory = new(8 << 20, 1032 * 10),
        }.Check();
    }

    private string Written(byte[] bytes, string name)
    {
        string path = _folder.File($"{Environment.CurrentManagedThreadId}-{name}");
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
