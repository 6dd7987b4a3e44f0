using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Where everything starts.</summary>
public sealed class MLContext : IHostEnvironment
{
    private readonly Host _host;

    public MLContext(int? seed = null)
    {
        ComponentCatalog = new ComponentCatalog();
        _host = new Host(nameof(MLContext),
            (source, message) => Log?.Invoke(this, new LoggingEventArgs(message.Message, message.Kind, source)),
            ComponentCatalog, seed);
        Data = new DataOperationsCatalog(this);
        Model = new ModelOperationsCatalog(this);
        Transforms = new TransformsCatalog(this);
    }

    public event EventHandler<LoggingEventArgs>? Log;

    public DataOperationsCatalog Data { get; }

    public ModelOperationsCatalog Model { get; }

    public TransformsCatalog Transforms { get; }

    public ComponentCatalog ComponentCatalog { get; }

    /// <summary>The CUDA device for ONNX models that name none; null for the CPU.</summary>
    public int? GpuDeviceId { get; set; }

    /// <summary>Whether ONNX models run on the CPU when the device cannot be had.</summary>
    public bool FallbackToCpu { get; set; }

    public string TempFilePath { get; set; } = Path.GetTempPath();

    string IExceptionContext.ContextDescription => _host.ContextDescription;

    TException IExceptionContext.Process<TException>(TException ex) => ex;

    IHost IHostEnvironment.Register(string name, int? seed, bool? verbose) => _host.Register(name, seed, verbose);

    IChannel IChannelProvider.Start(string name) => _host.Start(name);

    IPipe<TMessage> IChannelProvider.StartPipe<TMessage>(string name) => _host.StartPipe<TMessage>(name);

    IProgressChannel IProgressChannelProvider.StartProgressChannel(string name) => _host.StartProgressChannel(name);
}
