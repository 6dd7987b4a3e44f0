namespace Microsoft.ML;

/// <summary>Base of the attributes that a loaded model finds its code by.</summary>
public abstract class ExtensionBaseAttribute : Attribute
{
    private protected ExtensionBaseAttribute(string contractName) => ContractName = contractName;

    public string ContractName { get; }
}
