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
    private readonly byte[] _datagram = new byte[PacketLayout.MaximumReceivedPayload];
    private readonly CounterWindow _window = new();
    private ulong _roundTrips;
    private ulong _unsent;
    private Status _whyUnsent;

    private UdpEchoCommand(UdpEchoOptions options, Socket socket)
    {
        _options = options;
        _socket = socket;
    }

    /// <summary>Runs it. Returns the exit code: 0 if as many datagrams as wanted came and went, else 1.</summary>
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
        PrintUnsent();
        return _roundTrips == _options.Count ? 0 : Complain();
    }

    // One datagram to which there is no way back ends nothing: the next one is waited for. False if none comes any more.
    private bool EchoOne()
    {
        SocketAddress from = default;
        long length;
        while ((length = _socket.ReceiveNext(_datagram, ref from)) >= 0)
        {
            if (_socket.SendTo(new ReadOnlySpan<byte>(_datagram, 0, (int)length), ref from) >= 0)
                return true;
            _unsent++;
            _whyUnsent = Errno.Last;
        }
        return false;
    }

    private void PrintUnsent()
    {
        if (_unsent != 0)
        {
            Console.WriteLine(new TextBuffer(160).Append("udpecho: could not send back "u8).Append(_unsent)
                .Append(" datagrams, the last one for: "u8).AppendError(_whyUnsent));
        }
    }

    private int Complain()
    {
        PrintUnsent();
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
