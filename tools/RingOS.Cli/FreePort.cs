// Finds ports nobody listens on. Back to: RunCommand.cs
using System.Net;
using System.Net.Sockets;
using RingOS.Host;

namespace RingOS.Cli;

/// <summary>Looks for ports of 127.0.0.1.</summary>
internal static class FreePort
{
    /// <summary>The given port if it is free, else another.</summary>
    public static int Prefer(int port) => TryListen(port) ?? TryListen(0) ?? port;

    /// <summary>Says before the work if a UDP port is somebody's.</summary>
    /// <exception cref="RingOsException">It is.</exception>
    public static void RequireUdp(int port)
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        }
        catch (SocketException)
        {
            throw new RingOsException($"--forward: UDP port {port} of 127.0.0.1 is in use or not allowed; choose another, as in --forward 15001:{port}", exitCode: 2);
        }
    }

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
