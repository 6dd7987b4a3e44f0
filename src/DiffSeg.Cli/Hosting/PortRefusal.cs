using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace DiffSeg.Cli.Hosting;

/// <summary>Tells that a server cannot have its port.</summary>
internal static class PortRefusal
{
    /// <summary>Whether a server did not start for its port's sake.</summary>
    public static bool Is(Exception problem) =>
        problem is SocketException || problem is IOException { InnerException: AddressInUseException or SocketException };

    /// <summary>Whether another program has the port.</summary>
    public static bool IsTaken(Exception problem) =>
        problem.GetBaseException() is AddressInUseException or SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse };
}
