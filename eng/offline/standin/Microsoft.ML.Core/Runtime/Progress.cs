namespace Microsoft.ML.Runtime;

public interface IProgressChannelProvider
{
    IProgressChannel StartProgressChannel(string name);
}

/// <summary>Nothing here reports progress through it; an environment must only be able to name it.</summary>
public interface IProgressChannel : IProgressChannelProvider, IDisposable;
