// Finds a TCP port nobody listens on. Back to: RunCommand.cs
using System.Net;
using System.Net.Sockets;

namespace RingOS.Cli;

/// <summary>Looks for ports of 127.0.0.1.</summary>
internal static class FreePort
{
    /// <summary>The given port if it is free, else another.</summary>
    public static int Prefer(int port) => TryListen(port) ?? TryListen(0) ?? port;

    private static int? TryListen(int port)
    {
        using TcpListener listener = new(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        catch (SocketException)
        {
            return null;
        }
    }
}
