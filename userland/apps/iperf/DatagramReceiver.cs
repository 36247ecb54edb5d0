// The server's hot loop: everything between two receives. iperf 2.1.8, src/Server.cpp, RunUDP. Next: ReceiveWindow.cs
using System;
using System.Runtime.CompilerServices;
using RingOS.Abi;
using RingOS.User;

namespace RingOS.Iperf;

/// <summary>
/// Receives one client's datagrams until its final one, the limit, or silence. Others who send are not heard while it sends; once it has
/// been silent for <see cref="SilenceNanoseconds"/>, it gives way to the next who begins.
/// </summary>
public sealed class DatagramReceiver(Socket socket, ulong limit)
{
    /// <summary>After such a pause a client is given up if another sends.</summary>
    public const ulong SilenceNanoseconds = 1_000_000_000;

    private readonly byte[] _buffer = new byte[IperfOptions.MaximumLength];
    private SocketAddress _client;
    private SocketAddress _from;
    private int _length;

    public ReceiveCounts Counts { get; } = new();

    /// <summary>Where the first datagram came from.</summary>
    public SocketAddress Client => _client;

    /// <summary>The run ended with the client's final datagram.</summary>
    public bool HasFinal { get; private set; }

    /// <summary>The client was given up: the datagram received last is another's first.</summary>
    public bool HasSuccessor { get; private set; }

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
            if (!IsFirst)
                continue;
            Begin();
            return true;
        }
        return false;
    }

    /// <summary>Turns to the client for which the last one was given up. False if none was.</summary>
    public bool TryTurnToNext()
    {
        if (!HasSuccessor)
            return false;
        HasSuccessor = false;
        Begin();
        return true;
    }

    /// <summary>Receives the rest.</summary>
    public void Run()
    {
        BeginTicks = Measure.Begin();
        while (Counts.Datagrams != limit && Receive())
        {
            ulong now = Clock.Ticks;
            if (!IsFromClient)
            {
                HasSuccessor = IsFirst && Clock.ToNanoseconds(now - Counts.LastTicks) >= SilenceNanoseconds;
                if (HasSuccessor)
                    break;
                continue;
            }
            if (_length < DatagramHeader.Size)
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

    // Of iperf, and not the end of a run that somebody else heard.
    private bool IsFirst => _length >= DatagramHeader.Size && DatagramHeader.ReadId(Last) >= 0;

    private void Begin()
    {
        _client = _from;
        Counts.Start(Last, Clock.Ticks);
    }

    private bool IsFromClient
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _from.Port == _client.Port && _from.Address == _client.Address;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Receive()
    {
        _length = (int)socket.ReceiveNext(_buffer, ref _from);
        return _length >= 0;
    }
}
