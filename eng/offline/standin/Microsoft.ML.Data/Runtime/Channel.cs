using System.Globalization;
using Microsoft.ML.Runtime;

namespace DiffSeg.StandIn;

/// <summary>A source of log lines.</summary>
internal sealed class Channel(string name, Action<string, ChannelMessage> log) : IChannel
{
    public string ContextDescription => name;

    public TException Process<TException>(TException ex) where TException : Exception => ex;

    public void Send(ChannelMessage msg) => log(name, msg);

    public void Trace(MessageSensitivity sensitivity, string fmt) => Send(ChannelMessageKind.Trace, sensitivity, fmt);

    public void Trace(MessageSensitivity sensitivity, string fmt, params object[] args) =>
        Send(ChannelMessageKind.Trace, sensitivity, fmt, args);

    public void Info(MessageSensitivity sensitivity, string fmt) => Send(ChannelMessageKind.Info, sensitivity, fmt);

    public void Info(MessageSensitivity sensitivity, string fmt, params object[] args) =>
        Send(ChannelMessageKind.Info, sensitivity, fmt, args);

    public void Warning(MessageSensitivity sensitivity, string fmt) =>
        Send(ChannelMessageKind.Warning, sensitivity, fmt);

    public void Warning(MessageSensitivity sensitivity, string fmt, params object[] args) =>
        Send(ChannelMessageKind.Warning, sensitivity, fmt, args);

    public void Error(MessageSensitivity sensitivity, string fmt) => Send(ChannelMessageKind.Error, sensitivity, fmt);

    public void Error(MessageSensitivity sensitivity, string fmt, params object[] args) =>
        Send(ChannelMessageKind.Error, sensitivity, fmt, args);

    public void Dispose() { }

    private void Send(ChannelMessageKind kind, MessageSensitivity sensitivity, string format, object[]? args = null) =>
        Send(new ChannelMessage(kind, sensitivity,
            () => args is null ? format : string.Format(CultureInfo.InvariantCulture, format, args)));
}
