using Microsoft.ML.Runtime;

namespace DiffSeg.StandIn;

/// <summary>A named part of the environment. What it logs goes to the context's Log event.</summary>
internal sealed class Host(string name, Action<string, ChannelMessage> log, ComponentCatalog catalog, int? seed) : IHost
{
    public string ContextDescription => name;

    public ComponentCatalog ComponentCatalog => catalog;

    public Random Rand { get; } = seed is { } value ? new Random(value) : new Random();

    public TException Process<TException>(TException ex) where TException : Exception => ex;

    public IHost Register(string name, int? seed = null, bool? verbose = null) =>
        new Host($"{ContextDescription}; {name}", log, catalog, seed ?? Rand.Next());

    public IChannel Start(string name) => new Channel($"{ContextDescription}; {name}", log);

    public IPipe<TMessage> StartPipe<TMessage>(string name) =>
        throw new NotSupportedException("The offline stand-in has channels only.");

    public IProgressChannel StartProgressChannel(string name) =>
        throw new NotSupportedException("The offline stand-in has no progress channels.");
}
