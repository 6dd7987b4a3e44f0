using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

namespace DiffSeg.StandIn;

internal interface ICustomMappingFactory
{
    ITransformer CreateTransformer(string contractName);
}

/// <summary>Finds a custom mapping by its contract in the assembly that was saved, which it registers itself.</summary>
internal sealed class CustomMappingLoader : IModelLoader
{
    public ITransformer Load(IHostEnvironment environment, ModelLoadContext context)
    {
        string contract = context.Reader.ReadString();
        environment.ComponentCatalog.RegisterAssembly(Assembly.Load(context.Reader.ReadString()));
        object factory = environment.ComponentCatalog.Create(typeof(CustomMappingFactoryAttributeAttribute), contract);
        Guard.State(factory is ICustomMappingFactory,
            $"The class with contract '{contract}' must derive from '{typeof(CustomMappingFactory<,>).FullName}'.");
        return ((ICustomMappingFactory)factory).CreateTransformer(contract);
    }
}
