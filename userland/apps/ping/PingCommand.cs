// Asks for echoes, one after the other. Lines as Linux's ping. Back to: ../hello/HelloCommand.cs
using System;
using RingOS.Abi;
using RingOS.User;
using Console = RingOS.User.Console;

namespace RingOS.Ping;

/// <summary>The ping program.</summary>
public sealed class PingCommand
{
    private const ulong ReplyTimeoutNanoseconds = 1_000_000_000;
    private const int Ipv4AndIcmpHeaders = 28;

    private readonly PingOptions _options;
    private readonly Socket _socket;
    private readonly byte[] _request;
    private readonly byte[] _reply = new byte[EchoMessage.HeaderSize + PingOptions.MaximumBytes];
    private readonly RoundTrips _trips = new();
    private readonly CounterWindow _window = new();
    private readonly TextBuffer _text = new(160);

    private PingCommand(PingOptions options, Socket socket)
    {
        _options = options;
        _socket = socket;
        _request = new byte[EchoMessage.HeaderSize + options.Bytes];
    }

    /// <summary>Runs it. Returns the exit code: 0 if any reply came, else 1.</summary>
    public static int Run(Arguments arguments)
    {
        PingOptions options = new();
        TextBuffer error = new(160);
        if (!options.TryParse(arguments, error))
        {
            Console.WriteLine(error);
            return 1;
        }
        Socket? socket = Socket.Open(SocketKind.Echo);
        if (socket is null || socket.Connect(options.Host, 0) < 0)
        {
            Console.WriteLine(error.Clear().Append("ping: connect: "u8).AppendError(Errno.Last));
            return 1;
        }
        return new PingCommand(options, socket).Exchange();
    }

    private int Exchange()
    {
        PrintHeading();
        _window.Open();
        ulong start = Measure.Begin();
        for (uint sequence = 1; sequence <= _options.Count; sequence++)
        {
            ulong sent = Clock.Ticks;
            Ask((ushort)sequence);
            if (sequence < _options.Count)
                SleepUntilNext(sent);
        }
        ulong ticks = Measure.End() - start;
        _window.Close();
        PrintStatistics(Clock.ToNanoseconds(ticks));
        if (_options.IsJson)
            PrintWindow(ticks);
        return _trips.Received > 0 ? 0 : 1;
    }

    private void Ask(ushort sequence)
    {
        EchoMessage.WriteRequest(_request, sequence);
        ulong sent = Clock.Ticks;
        _trips.OnSent();
        if (_socket.Write(_request) < 0)
            Console.WriteLine(_text.Clear().Append("ping: sendmsg: "u8).AppendError(Errno.Last));
        else if (TryReceive(sent, out uint from, out ulong roundTrip))
            PrintReply(from, sequence, roundTrip);
        else
            Console.WriteLine(_text.Clear().Append("no answer yet for icmp_seq="u8).Append((ulong)sequence));
    }

    // Late answers to earlier requests are passed over.
    private bool TryReceive(ulong sent, out uint from, out ulong roundTrip)
    {
        SocketAddress sender = default;
        roundTrip = 0;
        while (roundTrip < ReplyTimeoutNanoseconds)
        {
            long length = _socket.Receive(_reply, ReplyTimeoutNanoseconds - roundTrip, ref sender);
            roundTrip = Clock.ToNanoseconds(Clock.Ticks - sent);
            if (length < 0)
                break;
            if (EchoMessage.IsReply(new ReadOnlySpan<byte>(_reply, 0, (int)length), _request))
            {
                _trips.OnReply(roundTrip);
                from = sender.Address;
                return true;
            }
        }
        from = 0;
        return false;
    }

    private void SleepUntilNext(ulong sent)
    {
        ulong gap = _options.IntervalMilliseconds * 1_000_000UL;
        ulong elapsed = Clock.ToNanoseconds(Clock.Ticks - sent);
        if (elapsed < gap)
            Clock.Sleep(gap - elapsed);
    }

    private void PrintHeading()
    {
        _text.Clear().Append("PING "u8).AppendAddress(_options.Host).Append(" ("u8).AppendAddress(_options.Host).Append(") "u8);
        _text.Append((ulong)_options.Bytes).Append((byte)'(').Append((ulong)(_options.Bytes + Ipv4AndIcmpHeaders));
        Console.WriteLine(_text.Append(") bytes of data."u8));
    }

    private void PrintReply(uint from, ushort sequence, ulong roundTrip)
    {
        if (_options.IsQuiet)
            return;
        _text.Clear().Append((ulong)_request.Length).Append(" bytes from "u8).AppendAddress(from).Append(": icmp_seq="u8);
        Console.WriteLine(_text.Append((ulong)sequence).Append(" time="u8).AppendFixed(roundTrip / 1000, 3).Append(" ms"u8));
    }

    private void PrintStatistics(ulong elapsedNanoseconds)
    {
        Console.WriteLine(_text.Clear().Append("\n--- "u8).AppendAddress(_options.Host).Append(" ping statistics ---"u8));
        _trips.AppendCounts(_text.Clear(), elapsedNanoseconds);
        Console.WriteLine(_text);
        if (_trips.Received == 0)
            return;
        _trips.AppendTimes(_text.Clear());
        Console.WriteLine(_text);
    }

    // With -q and -i 0 nothing but round trips is in the window.
    private void PrintWindow(ulong ticks)
    {
        EventLine line = new EventLine().Begin(Clock.WallNanoseconds, "ping window: {RoundTrips} round trips in {WindowTicks} ticks"u8);
        line.Add("RoundTrips"u8, _trips.Received).Add("WindowTicks"u8, ticks).Add("IdleTicks"u8, _window.IdleTicks);
        line.Add("TicksPerSecond"u8, Clock.TicksPerSecond);
        _window.AddTo(line);
        line.End();
    }
}
