// Sends datagrams back: RFC 862. Host side: tools/RingOS.Host/Iperf/EchoClient.cs. Back to: UdpEchoOptions.cs
using System;
using RingOS.Abi;
using RingOS.User;
using Console = RingOS.User.Console;

namespace RingOS.UdpEcho;

/// <summary>The udpecho program.</summary>
public sealed class UdpEchoCommand
{
    private readonly UdpEchoOptions _options;
    private readonly Socket _socket;
    private readonly byte[] _datagram = new byte[PacketLayout.MaximumUdpPayload];
    private readonly CounterWindow _window = new();
    private ulong _roundTrips;

    private UdpEchoCommand(UdpEchoOptions options, Socket socket)
    {
        _options = options;
        _socket = socket;
    }

    /// <summary>Runs it. Returns the exit code: 0 if all datagrams came and went, else 1.</summary>
    public static int Run(Arguments arguments)
    {
        UdpEchoOptions options = new();
        TextBuffer text = new(160);
        if (!options.TryParse(arguments, text))
        {
            Console.WriteLine(text);
            return 1;
        }
        Socket? socket = Socket.Open(SocketKind.Datagram);
        if (socket is null || socket.Bind(0, options.Port) < 0
            || socket.SetReceiveTimeout(options.PatienceSeconds * Clock.NanosecondsPerSecond) < 0)
        {
            Console.WriteLine(text.Clear().Append("udpecho: bind: "u8).AppendError(Errno.Last));
            return 1;
        }
        Console.WriteLine(text.Clear().Append("Server listening on UDP port "u8).Append((ulong)options.Port));
        return new UdpEchoCommand(options, socket).Serve();
    }

    // The first echo asks for the way back (ARP) and is not counted.
    private int Serve()
    {
        if (!EchoOne())
            return Complain();
        _window.Open();
        ulong begin = Measure.Begin();
        while (_roundTrips < _options.Count && EchoOne())
            _roundTrips++;
        ulong end = Measure.End();
        _window.Close();
        Print(end - begin);
        return _roundTrips == _options.Count ? 0 : Complain();
    }

    private bool EchoOne()
    {
        SocketAddress from = default;
        long length = _socket.Receive(_datagram, ref from);
        return length >= 0 && _socket.SendTo(new ReadOnlySpan<byte>(_datagram, 0, (int)length), ref from) >= 0;
    }

    private int Complain()
    {
        Console.WriteLine(new TextBuffer(160).Append("udpecho: "u8).AppendError(Errno.Last)
            .Append(" after "u8).Append(_roundTrips).Append(" counted datagrams"u8));
        return 1;
    }

    private void Print(ulong ticks)
    {
        EventLine line = new EventLine().Begin(Clock.WallNanoseconds, "udpecho window: {Datagrams} round trips in {WindowTicks} ticks"u8);
        line.Add("Datagrams"u8, _roundTrips).Add("WindowTicks"u8, ticks).Add("IdleTicks"u8, _window.IdleTicks);
        line.Add("TicksPerSecond"u8, Clock.TicksPerSecond);
        _window.AddTo(line);
        line.End();
    }
}
