using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Graphs;

namespace DiffSeg.Onnx.Building;

/// <summary>Joins VAE encoder and U-Net into one graph from the image to the attention.</summary>
internal static class Joining
{
    public const string ImageName = "image";

    /// <summary>Joins them. Both have one version of the standard operators.</summary>
    /// <param name="vae">The VAE encoder, ending in the scaled latent; null for a graph that starts with the latent.</param>
    /// <param name="unet">The U-Net.</param>
    /// <returns>The model, and what the U-Net's names have become.</returns>
    public static (ModelProto Model, Func<string, string> Renamed) Join(VaePart? vae, UNetPart unet)
    {
        var graph = new GraphProto { Name = "diffseg-attention" };
        ModelProto source = unet.Network.Model;
        var model = new ModelProto
        {
            IrVersion = Math.Max(source.IrVersion, vae?.Network.Model.IrVersion ?? 0),
            ProducerName = "DiffSeg.Onnx",
            Graph = graph,
        };
        model.OpsetImport.AddRange(source.OpsetImport.Concat(vae?.Network.Model.OpsetImport ?? []).DistinctBy(o => o.Domain));

        string latent = ImageName;
        if (vae is not null)
        {
            GraphProto encoder = vae.Network.Graph;
            string image = vae.Image;
            string output = encoder.Output[0].Name;
            GraphNames.Rename(encoder, name => name == image ? ImageName : VaeName(name));
            graph.Input.AddRange(encoder.Input);
            Append(graph, encoder);
            latent = VaeName(output);
        }

        string sample = unet.Sample;
        Func<string, string> renamed = name => name == sample ? latent : $"unet/{name.TrimStart('/')}";
        GraphNames.Rename(unet.Network.Graph, renamed);
        if (vae is null)
        {
            graph.Input.AddRange(unet.Network.Graph.Input);
        }

        Append(graph, unet.Network.Graph);
        return (model, renamed);
    }

    private static string VaeName(string name) => $"vae_encoder/{name.TrimStart('/')}";

    private static void Append(GraphProto graph, GraphProto part)
    {
        graph.Node.AddRange(part.Node);
        graph.Initializer.AddRange(part.Initializer);
    }
}
