using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Graphs;
using DiffSeg.Onnx.StableDiffusion;
using DiffSeg.Onnx.Tests.Support;
using Google.Protobuf;

namespace DiffSeg.Onnx.Tests.Exports;

/// <summary>Bad input to a whole build: what is said, and that nothing is left under the model's name.</summary>
public sealed class BadExportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _export;
    private readonly string _model;
    private readonly AttentionModelOptions _options;

    public BadExportTests()
    {
        _export = Path.Combine(_folder.Path, "export");
        _model = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder.Path, "out")).FullName, "model.onnx");
        string good = Path.Combine(BundledExports.Folder, "sd1x-tiny");
        foreach (string file in Directory.EnumerateFiles(good, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(_export, Path.GetRelativePath(good, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        _options = new() { ImageHeight = 128, ImageWidth = 128, PromptEmbedding = Path.Combine(good, "reference") };
        File.WriteAllText(_model, "an older model");
    }

    [Fact]
    public void A_folder_that_is_no_export() => AssertRefused(
        Directory.CreateTempSubdirectory("diffseg-test-").FullName, "an ONNX export of Stable Diffusion", "an empty folder");

    [Fact]
    public void A_missing_data_file()
    {
        File.Delete(Path.Combine(_export, "unet", "model.onnx_data"));
        AssertRefused(_export, "model.onnx_data", "");
    }

    [Fact]
    public void A_truncated_data_file()
    {
        using (FileStream data = File.OpenWrite(Path.Combine(_export, "unet", "model.onnx_data")))
        {
            data.SetLength(data.Length / 2);
        }

        AssertRefused(_export, "model.onnx_data", "");
    }

    [Theory]
    [InlineData("../model.onnx_data")]
    [InlineData("/etc/passwd")]
    public void A_data_path_that_climbs_out(string location)
    {
        Edit("unet", model =>
        {
            foreach (MetadataEntryProto entry in model.Graph.Initializer.SelectMany(t => t.ExternalData).Where(e => e.Key == "location"))
            {
                entry.Value = location;
            }
        });
        File.Copy(Path.Combine(_export, "unet", "model.onnx_data"), Path.Combine(_export, "model.onnx_data"));
        AssertRefused(_export, location, "");
    }

    [Fact]
    public void A_U_Net_without_self_attention()
    {
        // Queries and keys of no Softmax meet any more.
        Edit("unet", model =>
        {
            foreach (NodeProto node in model.Graph.Node.Where(n => n.OpType == "Softmax"))
            {
                node.OpType = "Sigmoid";
                node.Attribute.Clear();
            }
        });
        AssertRefused(_export, "self-attention", "0 Softmax");
    }

    [Fact]
    public void A_VAE_that_does_not_fit()
    {
        // One with 16 channels, as newer models have: the four of the U-Net's are a half and eight moments a quarter.
        Edit("vae_encoder", model =>
        {
            string output = model.Graph.Output[0].Name;
            foreach (NodeProto node in model.Graph.Node)
            {
                for (int i = 0; i < node.Output.Count; i++)
                {
                    node.Output[i] = node.Output[i] == output ? "moments" : node.Output[i];
                }
            }

            var twice = new NodeProto { OpType = "Concat", Name = "twice", Input = { "moments", "moments" }, Output = { output } };
            twice.Attribute.Add(Attributes.Integer("axis", 1));
            model.Graph.Node.Add(twice);
        });
        AssertRefused(_export, "fits the U-Net", "16 channels");
    }

    [Fact]
    public void An_embedding_of_another_width()
    {
        string file = Path.Combine(_export, "wide.npy");
        byte[] header = System.Text.Encoding.ASCII.GetBytes("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 77, 16), }".PadRight(117) + "\n");
        File.WriteAllBytes(file, [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. header, .. new byte[77 * 16 * 4]]);
        AssertRefused(_export, "width 8", "width 16", _options with { PromptEmbedding = file });
    }

    [Fact]
    public void A_text_encoder_that_is_not_there() =>
        AssertRefused(_export, "text_encoder/model.onnx", "unet", _options with { PromptEmbedding = null });

    [Theory]
    [InlineData(500)]
    [InlineData(96)]
    [InlineData(0)]
    [InlineData(4096)]
    public void Sizes_that_do_not_divide(int size) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new AttentionModelOptions { ImageWidth = size });

    [Fact]
    public void Stopped_at_any_stage_it_leaves_the_older_model()
    {
        var stages = new List<string>();
        AttentionModelBuilder.Build(_export, Path.Combine(_folder.Path, "whole.onnx"), _options, new Recorder(p => stages.Add(p.Stage)), TestContext.Current.CancellationToken);
        string[] distinct = [.. stages.Distinct()];

        foreach (string stage in distinct)
        {
            using var source = new CancellationTokenSource();
            Assert.ThrowsAny<OperationCanceledException>(() => AttentionModelBuilder.Build(
                _export, _model, _options, new Recorder(p =>
                {
                    if (p.Stage == stage)
                    {
                        source.Cancel();
                    }
                }), source.Token));
            AssertOlderModelStays();
        }

        Assert.InRange(distinct.Length, 4, 20);
    }

    public void Dispose() => _folder.Dispose();

    private void Edit(string part, Action<ModelProto> change)
    {
        string path = ModelPart.In(_export, part)!.Path;
        ModelProto model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(path));
        change(model);
        File.WriteAllBytes(path, model.ToByteArray());
    }

    private void AssertRefused(string export, string expected, string found, AttentionModelOptions? options = null)
    {
        var error = Assert.Throws<AttentionModelException>(
            () => AttentionModelBuilder.Build(export, _model, options ?? _options, null, TestContext.Current.CancellationToken));

        Assert.Contains(expected, error.Message);
        Assert.Contains(found, error.Message);
        Assert.NotEmpty(error.Advice);
        AssertOlderModelStays();
    }

    private void AssertOlderModelStays()
    {
        Assert.Equal("an older model", File.ReadAllText(_model));
        Assert.Equal([_model], Directory.GetFileSystemEntries(Path.GetDirectoryName(_model)!));
    }

    private sealed class Recorder(Action<BuildProgress> report) : IProgress<BuildProgress>
    {
        public void Report(BuildProgress value) => report(value);
    }
}
