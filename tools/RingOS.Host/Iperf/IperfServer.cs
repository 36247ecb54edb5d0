// A UDP server that iperf 2 clients, Debian's and ours, can send to. Start with IperfDatagram.cs
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;

namespace RingOS.Host.Iperf;

/// <summary>Listens on 127.0.0.1 (QEMU's user network leads the guest's 10.0.2.2 there) and counts, one session a client port.</summary>
public sealed class IperfServer : IDisposable
{
    /// <summary>iperf's usual port.</summary>
    public const int DefaultPort = 5001;

    // Holds some 50,000 datagrams, should the host not let us run for that long. It costs memory only when it is needed.
    private const int ReceiveBuffer = 128 << 20;
    private const int SpinIterations = 20;

    /// <summary>After such a pause no flow is going on.</summary>
    private static readonly TimeSpan s_flowGap = TimeSpan.FromMilliseconds(2);

    private const int LargestDatagram = 65_536;

    private readonly Socket _socket;
    private readonly Thread _thread;
    private long _lastArrival;
    private readonly Dictionary<SocketAddress, IperfSession> _sessions = [];
    private readonly Channel<IperfReport> _reports = Channel.CreateUnbounded<IperfReport>();
    private readonly byte[] _report = new byte[IperfDatagram.ReportSize];
    private volatile bool _closing;

    /// <summary>Starts listening.</summary>
    /// <param name="port">UDP port, or 0 for a free one.</param>
    /// <exception cref="RingOsException">The port is in use or not allowed.</exception>
    public IperfServer(int port = 0)
    {
        _socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            ReceiveBuffers.Enlarge(_socket, ReceiveBuffer);
            _socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        }
        catch (SocketException exception)
        {
            _socket.Dispose();
            throw new RingOsException(exception.SocketErrorCode == SocketError.AddressAlreadyInUse
                ? $"UDP port {port} of 127.0.0.1 is in use (ss -ulnp shows by whom); end that program or choose another port"
                : $"cannot listen on UDP port {port} of 127.0.0.1: {exception.Message}; choose another port");
        }
        Port = ((IPEndPoint)_socket.LocalEndPoint!).Port;
        _thread = new Thread(Serve) { IsBackground = true, Name = $"iperf server {Port}" };
        _thread.Start();
    }

    public int Port { get; }

    /// <summary>Datagrams the host's own receive buffer had no room for: lost here, not in the guest.</summary>
    public long HostDrops => ReceiveBuffers.Drops(Port);

    /// <summary>The next session that ends.</summary>
    /// <param name="patience">How long to wait for it.</param>
    /// <returns>Its report; null if none ended in time, or the server was closed.</returns>
    public async Task<IperfReport?> NextReportAsync(TimeSpan patience, CancellationToken cancellation = default)
    {
        using CancellationTokenSource timer = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timer.CancelAfter(patience);
        try
        {
            return await _reports.Reader.ReadAsync(timer.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
        catch (ChannelClosedException)
        {
            return null;
        }
    }

    /// <summary>Forgets reports nobody has asked for.</summary>
    public void DiscardReports()
    {
        while (_reports.Reader.TryRead(out _))
        {
        }
    }

    /// <summary>Stops listening and waits for the thread.</summary>
    public void Dispose()
    {
        if (_closing)
            return;
        _closing = true;
        _socket.Dispose();
        _thread.Join();
        _reports.Writer.TryComplete();
    }

    // The loop allocates nothing for a datagram of a known client, so that it keeps up with 100,000 a second.
    private void Serve()
    {
        byte[] buffer = new byte[LargestDatagram];
        SocketAddress sender = new(AddressFamily.InterNetwork);
        while (!_closing)
        {
            try
            {
                SpinUntilNext();
                int length = _socket.ReceiveFrom(buffer, SocketFlags.None, sender);
                _lastArrival = Stopwatch.GetTimestamp();
                Take(buffer.AsSpan(0, length), sender, _lastArrival);
            }
            catch (SocketException)
            {
                // Closing, or an ICMP error for a report whose client is gone: nothing to serve either way.
            }
            catch (ObjectDisposedException)
            {
                return;
            }
        }
    }

    // A sender that wakes a sleeping receiver for every datagram pays for it: the emulator would lose a third of its time to the host's
    // scheduler, and the comparison would show that. So while datagrams flow, the next one is waited for awake.
    private void SpinUntilNext()
    {
        if (Environment.ProcessorCount == 1)
            return;
        while (_socket.Available == 0 && Stopwatch.GetElapsedTime(_lastArrival) < s_flowGap)
            Thread.SpinWait(SpinIterations);
    }

    private void Take(ReadOnlySpan<byte> bytes, SocketAddress sender, long arrival)
    {
        if (!IperfDatagram.TryRead(bytes, out IperfDatagram datagram))
            return;
        IperfSession session = SessionOf(sender, datagram);
        if (datagram.IsLast)
            Finish(session, datagram, bytes, sender);
        else
            session.Count(datagram, bytes.Length, arrival);
    }

    // A data datagram after the end of its port's session is a new client that got the same port.
    private IperfSession SessionOf(SocketAddress sender, IperfDatagram datagram)
    {
        if (_sessions.TryGetValue(sender, out IperfSession? session) && (session.Report is null || datagram.IsLast))
            return session;
        SocketAddress key = new(AddressFamily.InterNetwork, sender.Size);
        sender.Buffer[..sender.Size].CopyTo(key.Buffer);
        IPEndPoint client = (IPEndPoint)new IPEndPoint(IPAddress.Any, 0).Create(key);
        return _sessions[key] = new IperfSession(client);
    }

    // The client repeats its closing datagram until a report reaches it; every repetition gets the same one.
    private void Finish(IperfSession session, IperfDatagram datagram, ReadOnlySpan<byte> bytes, SocketAddress sender)
    {
        bool isFirst = session.Report is null;
        IperfReport report = session.Finish(-datagram.Id);
        if (isFirst)
            _reports.Writer.TryWrite(report);
        IperfDatagram.WriteReport(_report, bytes, report);
        _socket.SendTo(_report, SocketFlags.None, sender);
    }
}
