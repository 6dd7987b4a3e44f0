using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.StableDiffusion;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;

namespace DiffSeg.Onnx.Tests.Exports;

/// <summary>
/// An export as one would use it without a builder: VAE encoder and U-Net as they are, the probabilities of each
/// self-attention added to the U-Net's outputs. Of exports in eager mode with names of modules.
/// </summary>
internal sealed class OriginalExport : IDisposable
{
    private readonly InferenceSession _vae;
    private readonly InferenceSession _unet;
    private readonly float[] _prompt;
    private readonly string[] _outputs;

    public OriginalExport(ExportSet set, string folder)
    {
        ModelProto model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(set.UNet));
        _outputs = [.. model.Graph.Node.Where(n => n.OpType == "Softmax" && n.Name.Contains("/attn1/", StringComparison.Ordinal)).Select(n => n.Output[0])];
        model.Graph.Output.AddRange(_outputs.Select(o => new ValueInfoProto { Name = o }));
        foreach (string file in Directory.EnumerateFiles(Path.GetDirectoryName(set.UNet)!))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        string path = Path.Combine(folder, "tapped.onnx");
        File.WriteAllBytes(path, model.ToByteArray());
        using var options = new SessionOptions();
        _unet = new InferenceSession(path, options);
        _vae = new InferenceSession(ModelPart.In(set.Folder, "vae_encoder")!.Path, options);
        _prompt = ReferenceLayer.Read(Path.Combine(set.RequiredReference().Folder, "encoder_hidden_states.npy")).Values;
    }

    /// <summary>Runs both; gives the bytes of attention that come out.</summary>
    public long Run(float[] image, int side)
    {
        using var options = new RunOptions();
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(image, [1, 3, side, side]);
        using IDisposableReadOnlyCollection<OrtValue> moments = _vae.Run(options, [_vae.InputNames[0]], [input], [_vae.OutputNames[0]]);
        int latent = side / 8;
        float[] sample = [.. moments[0].GetTensorDataAsSpan<float>()[..(4 * latent * latent)]];
        for (int i = 0; i < sample.Length; i++)
        {
            sample[i] *= 0.18215f;
        }

        using OrtValue x = OrtValue.CreateTensorValueFromMemory(sample, [1, 4, latent, latent]);
        using OrtValue time = OrtValue.CreateTensorValueFromMemory(new long[] { 300 }, [1]);
        using OrtValue prompt = OrtValue.CreateTensorValueFromMemory(_prompt, [1, 77, _prompt.Length / 77]);
        using IDisposableReadOnlyCollection<OrtValue> maps = _unet.Run(options, ["sample", "timestep", "encoder_hidden_states"], [x, time, prompt], _outputs);
        return maps.Sum(m => m.GetTensorDataAsSpan<float>().Length * (long)sizeof(float));
    }

    public void Dispose()
    {
        _vae.Dispose();
        _unet.Dispose();
    }
}
