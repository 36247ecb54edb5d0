// A UDP port of the host whose owner takes everything and answers nothing. Back to: Guest.cs
using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace RingOS.Tests.Boot;

/// <summary>Without it, datagrams of a guest would be refused by the host, and the guest would be told.</summary>
internal sealed class DatagramSink : IDisposable
{
    private const int ReceiveBuffer = 8 << 20; // the system may cut it; the thread empties it in any case
    private const int LargestDatagram = 65_536;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = ReceiveBuffer };
    private readonly Thread _thread;
    private long _received;

    public DatagramSink()
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Port = ((IPEndPoint)_socket.LocalEndPoint!).Port;
        _thread = new Thread(Receive) { IsBackground = true, Name = $"datagram sink {Port}" };
        _thread.Start();
    }

    public int Port { get; }

    /// <summary>Datagrams that arrived before this call. QEMU hands each over at once, so none of a machine that has ended is on its way.</summary>
    public long Received
    {
        get
        {
            using Socket last = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            last.SendTo([], new IPEndPoint(IPAddress.Loopback, Port)); // behind all others, and empty, so that the thread ends
            _thread.Join();
            return _received;
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _thread.Join();
    }

    private void Receive()
    {
        byte[] buffer = new byte[LargestDatagram];
        try
        {
            while (_socket.Receive(buffer) > 0)
                _received++;
        }
        catch (SocketException)
        {
            // Disposed while it waited.
        }
        catch (ObjectDisposedException)
        {
            // The same, between two datagrams.
        }
    }
}
