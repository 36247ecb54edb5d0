// Debian's iperf as a UDP server, a fresh process for each run, with as large a receive buffer as any user may ask for. Next: RealPeerTests.cs
using System;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace RingOS.Tests.System;

/// <summary><c>iperf -s -u</c> on a free loopback port.</summary>
public sealed class DebianIperf : IDisposable
{
    private readonly Process _server;

    public DebianIperf()
    {
        Port = FreePort();
        ProcessStartInfo start = new("iperf", ["-s", "-u", "-B", "127.0.0.1", "-p", $"{Port}", "-w", "208K"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _server = Process.Start(start)!;
        WaitUntilListening();
    }

    public int Port { get; }

    public void Dispose()
    {
        _server.Kill();
        _server.WaitForExit();
        _server.Dispose();
    }

    /// <summary>A UDP port of 127.0.0.1 that nobody has.</summary>
    public static int FreePort()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    // It says that it listens before it does anything else.
    private void WaitUntilListening()
    {
        while (_server.StandardOutput.ReadLine() is string line)
        {
            if (line.StartsWith("Server listening", StringComparison.Ordinal))
                break;
        }
        while (!IsPortTaken())
            global::System.Threading.Thread.Sleep(10);
    }

    private bool IsPortTaken()
    {
        try
        {
            using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, Port));
            return _server.HasExited;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
