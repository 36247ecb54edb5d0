// The server's hot loop: everything between two receives. iperf 2.1.8, src/Server.cpp, RunUDP. Next: ReceiveWindow.cs
using System;
using System.Runtime.CompilerServices;
using RingOS.Abi;
using RingOS.User;

namespace RingOS.Iperf;

/// <summary>Receives one client's datagrams until its final one, the limit, or silence. Others who send are not heard.</summary>
public sealed class DatagramReceiver(Socket socket, ulong limit)
{
    private readonly byte[] _buffer = new byte[IperfOptions.MaximumLength];
    private SocketAddress _client;
    private SocketAddress _from;
    private int _length;

    public ReceiveCounts Counts { get; } = new();

    /// <summary>Where the first datagram came from.</summary>
    public SocketAddress Client => _client;

    /// <summary>The run ended with the client's final datagram.</summary>
    public bool HasFinal { get; private set; }

    /// <summary>The datagram received last.</summary>
    public ReadOnlySpan<byte> Last => new(_buffer, 0, _length);

    /// <summary>Ticks at <see cref="Measure.Begin"/>, after the first datagram.</summary>
    public ulong BeginTicks { get; private set; }

    /// <summary>Ticks at <see cref="Measure.End"/>.</summary>
    public ulong EndTicks { get; private set; }

    /// <summary>Waits for a first datagram. False if none came in time, and errno says why.</summary>
    public bool WaitForFirst()
    {
        while (Receive())
        {
            if (_length < DatagramHeader.Size || DatagramHeader.ReadId(Last) < 0)
                continue; // not iperf's, or the end of a run that somebody else heard
            _client = _from;
            Counts.Start(Last, Clock.Ticks);
            return true;
        }
        return false;
    }

    /// <summary>Receives the rest.</summary>
    public void Run()
    {
        BeginTicks = Measure.Begin();
        while (Counts.Datagrams != limit && Receive())
        {
            ulong now = Clock.Ticks;
            if (_length < DatagramHeader.Size || !IsFromClient)
                continue;
            if (Counts.Take(Last, now))
                continue;
            HasFinal = true;
            break;
        }
        EndTicks = Measure.End();
    }

    /// <summary>Waits for a repetition of the final datagram. False if nothing comes any more.</summary>
    public bool WaitForFinal()
    {
        while (Receive())
        {
            if (_length >= DatagramHeader.Size && IsFromClient && DatagramHeader.ReadId(Last) < 0)
                return true;
        }
        return false;
    }

    private bool IsFromClient
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _from.Port == _client.Port && _from.Address == _client.Address;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Receive()
    {
        _length = (int)socket.Receive(_buffer, ref _from);
        return _length >= 0;
    }
}
