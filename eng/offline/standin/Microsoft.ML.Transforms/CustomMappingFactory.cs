namespace Microsoft.ML.Transforms;

/// <summary>
/// Gives the function of a custom mapping when a model is loaded: a class with a public parameterless constructor,
/// marked with <see cref="CustomMappingFactoryAttributeAttribute"/>.
/// </summary>
public abstract class CustomMappingFactory<TSrc, TDst> : ICustomMappingFactory
    where TSrc : class, new()
    where TDst : class, new()
{
    protected CustomMappingFactory() { }

    public abstract Action<TSrc, TDst> GetMapping();

    ITransformer ICustomMappingFactory.CreateTransformer(string contractName) =>
        new CustomMappingTransformer<TSrc, TDst>(GetMapping(), contractName);
}

/// <summary>The contract name that saved models know a factory by.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class CustomMappingFactoryAttributeAttribute : ExtensionBaseAttribute
{
    public CustomMappingFactoryAttributeAttribute(string contractName) : base(contractName) { }
}
