using System.Collections.Concurrent;
using System.Reflection;

namespace Microsoft.ML.Runtime;

/// <summary>The code that saved models refer to by contract name.</summary>
public sealed class ComponentCatalog
{
    private readonly ConcurrentDictionary<(Type Attribute, string Contract), Type> _extensions = [];

    internal ComponentCatalog() { }

    public void RegisterAssembly(Assembly assembly, bool throwOnError = true)
    {
        Guard.NotNull(assembly, nameof(assembly));
        foreach (Type type in assembly.GetTypes().Where(t => t.IsClass && !t.IsAbstract))
        {
            foreach (var extension in type.GetCustomAttributes<ExtensionBaseAttribute>(inherit: false))
            {
                Type registered = _extensions.GetOrAdd((extension.GetType(), extension.ContractName), type);
                Guard.State(registered == type || !throwOnError,
                    $"Extension '{extension.ContractName}' is in both '{registered}' and '{type}'");
            }
        }
    }

    internal object Create(Type attribute, string contract) =>
        _extensions.TryGetValue((attribute, contract), out Type? type)
            ? Activator.CreateInstance(type, nonPublic: true)!
            : throw new ArgumentOutOfRangeException(nameof(contract),
                $"Could not locate an extension with the contract name '{contract}'");
}
