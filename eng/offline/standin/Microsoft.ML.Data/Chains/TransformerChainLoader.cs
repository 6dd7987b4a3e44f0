using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace DiffSeg.StandIn;

internal sealed class TransformerChainLoader : IModelLoader
{
    public static string PartName(int index) => $"Transform_{index:000}";

    public ITransformer Load(IHostEnvironment environment, ModelLoadContext context)
    {
        var transformers = new ITransformer[context.Reader.ReadCount()];
        var scopes = new TransformerScope[transformers.Length];
        for (int i = 0; i < transformers.Length; i++)
        {
            scopes[i] = (TransformerScope)context.Reader.ReadInt32();
            transformers[i] = context.LoadPart(environment, PartName(i));
        }
        return new TransformerChain<ITransformer>(transformers, scopes);
    }
}
