using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DiffSeg.AspNetCore.Tests.Support;

/// <summary>A client that uploads as badly as it is told to.</summary>
internal sealed class RawClient : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly Socket _socket;

    private RawClient(Socket socket) => _socket = socket;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Promises a picture of so many bytes and sends none of them; over when the server begins to read.</summary>
    public static async Task<RawClient> PromiseAsync(int port, int bytes)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        var client = new RawClient(socket);
        await socket.ConnectAsync(IPAddress.Loopback, port, Cancellation);
        await client.SendAsync(Encoding.ASCII.GetBytes(
            $"POST /segment HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\nContent-Length: {bytes}\r\nExpect: 100-continue\r\n\r\n"));
        Assert.StartsWith("HTTP/1.1 100 ", await client.ReadHeadAsync());
        return client;
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await _socket.SendAsync(bytes, Cancellation);

    /// <summary>Sends byte after byte, with pauses, until the server answers or closes.</summary>
    /// <returns>The head of the answer; empty where it only closed.</returns>
    public async Task<string> TrickleAsync()
    {
        Task<string> answer = ReadHeadAsync();
        try
        {
            while (await Task.WhenAny(answer, Task.Delay(Pause, Cancellation)) != answer)
            {
                await SendAsync(new byte[1]);
            }
        }
        catch (SocketException)
        {
            // It closed while a byte was on its way.
        }

        return await answer;
    }

    /// <summary>What the server sends until an empty line, or all of it where it closes before.</summary>
    public async Task<string> ReadHeadAsync()
    {
        var head = new StringBuilder();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (!await ReadAsync(one))
            {
                break;
            }

            head.Append((char)one[0]);
        }

        return head.ToString();
    }

    /// <summary>Ends the connection so that the server sees an error, not an end.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Close();
    }

    /// <summary>Says that nothing more comes, and goes on listening.</summary>
    public void CutOff() => _socket.Shutdown(SocketShutdown.Send);

    public void Dispose() => _socket.Dispose();

    private async Task<bool> ReadAsync(byte[] one)
    {
        try
        {
            return await _socket.ReceiveAsync(one, Cancellation) > 0;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
